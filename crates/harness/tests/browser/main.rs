//! The pages in a real Chromium, as their readers have them: nothing is
//! fetched, nothing is too small or cut off, everything is reached by keyboard,
//! and everything is printed. Where there is no Chromium, each test says that
//! it skipped.

#![cfg(unix)]

mod by_keyboard;
mod chromium;
mod pages;
mod seen;
mod shown;
