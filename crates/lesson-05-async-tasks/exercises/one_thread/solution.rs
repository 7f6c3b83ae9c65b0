//! # Solution: three hundred on one thread
//!
//! A runtime of the current thread polls every task between two waits. Three
//! hundred waits need no thread: they need to be remembered.

use std::num::NonZeroUsize;
use std::process::ExitCode;

use lesson_05_async_tasks::ping_all;
use ping_async::Client;
use ping_core::Setup;
use tokio::runtime::Builder;

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        let many = NonZeroUsize::new(urls.len()).expect("there are URLs");
        let client = Client::new(&Setup::new(many)).expect("a client");
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        runtime.block_on(ping_all(&client, urls, many))
    })
}
