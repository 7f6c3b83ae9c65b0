//! Lesson 4: a queue feeds N workers
