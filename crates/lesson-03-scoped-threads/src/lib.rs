//! Lesson 3: scoped threads borrow the list
