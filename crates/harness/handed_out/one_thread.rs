//! # Exercise: three hundred on one thread
//!
//! Three hundred pings, all in flight at once, and the program should have two
//! threads: this one, which does it all, and the watchdog's. Now the runtime
//! starts eight more, which have nothing to do.

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
        let runtime = Builder::new_multi_thread()
            .worker_threads(8)
            .enable_all()
            .build()
            .expect("a runtime");
        runtime.block_on(ping_all(&client, urls, many))
    })
}
