//! The async client, set up once
