//! Lesson 2: a thread per URL, in waves
