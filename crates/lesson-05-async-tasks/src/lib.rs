//! Lesson 5: many waits on few threads
