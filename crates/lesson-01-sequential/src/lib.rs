//! Lesson 1: one after another
