/// A bar of `value` out of `full`, `columns` wide at the full value, in
/// eighths of a column. Never empty: something was measured.
pub fn bar(value: f64, full: f64, columns: usize) -> String {
    const EIGHTHS: [char; 8] = ['▏', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
    let share = if full > 0.0 { (value / full).clamp(0.0, 1.0) } else { 0.0 };
    let eighths = (share * columns as f64 * 8.0).round() as usize;
    let mut bar = "█".repeat(eighths / 8);
    if eighths % 8 > 0 || eighths == 0 {
        bar.push(EIGHTHS[eighths % 8]);
    }
    bar
}
