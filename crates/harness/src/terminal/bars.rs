/// A bar of `value` out of `full`, `columns` wide at the full value, in
/// eighths of a column. Never empty: something was measured.
pub fn bar(value: f64, full: f64, columns: usize) -> String {
    const EIGHTHS: [char; 8] = ['▏', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
    let share = if full > 0.0 { (value / full).clamp(0.0, 1.0) } else { 0.0 };
    let eighths = (share * columns as f64 * 8.0).round() as usize;
    let mut bar = "█".repeat(eighths / 8);
    if !eighths.is_multiple_of(8) || eighths == 0 {
        bar.push(EIGHTHS[eighths % 8]);
    }
    bar
}

#[cfg(test)]
mod tests {
    use super::bar;

    #[test]
    fn is_as_long_as_its_share() {
        assert_eq!(bar(1.0, 1.0, 4), "████");
        assert_eq!(bar(0.5, 1.0, 4), "██");
        assert_eq!(bar(0.53, 1.0, 4), "██▏");
        assert_eq!(bar(0.7, 1.0, 4), "██▊");
    }

    #[test]
    fn is_never_empty_and_never_too_long() {
        assert_eq!(bar(0.0, 1.0, 4), "▏");
        assert_eq!(bar(9.0, 1.0, 4), "████");
        assert_eq!(bar(1.0, 0.0, 4), "▏");
    }
}
