//! A row for each place.

/// Rows by the number of their place, which is small: each is found without a
/// search.
#[derive(Debug)]
pub struct Table<T> {
    rows: Vec<Option<T>>,
    filled: usize,
}

impl<T> Default for Table<T> {
    fn default() -> Table<T> {
        Table { rows: Vec::new(), filled: 0 }
    }
}

impl<T> Table<T> {
    /// Puts a row at a place where there is none.
    pub fn put(&mut self, place: usize, row: T) {
        if place >= self.rows.len() {
            self.rows.resize_with(place + 1, || None);
        }
        self.filled += usize::from(self.rows[place].replace(row).is_none());
    }

    /// Takes the row of this place out, if there is one.
    pub fn take(&mut self, place: usize) -> Option<T> {
        let row = self.rows.get_mut(place)?.take();
        self.filled -= usize::from(row.is_some());
        row
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.filled
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.filled == 0
    }
}
