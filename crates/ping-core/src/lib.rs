//! The job and the words of every lesson: one ping
