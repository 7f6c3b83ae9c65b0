//! # Trap: `spawn_blocking` without a limit
//!
//! **Learners think** that `spawn_blocking` has a thread for every call.
//!
//! **Run it.** It shows with very many URLs; without any it has 600 of its own.

use std::num::NonZeroUsize;
use std::process::ExitCode;

use ping_core::{Agent, Ping, Setup, ping};
use tokio::runtime::Builder;
use tokio::task::JoinSet;

pub(crate) fn ping_all(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    let (agent, urls) = (agent.clone(), urls.to_vec());
    let batch = runtime.spawn(async move {
        let mut tasks = JoinSet::new();
        for url in urls {
            let agent = agent.clone();
            tasks.spawn_blocking(move || ping(&agent, &url));
        }
        tasks.join_all().await
    });
    runtime.block_on(batch).expect("a batch never panics")
}

fn main() -> ExitCode {
    let paths: Vec<String> =
        (0..600).map(|seq| format!("/200?seq={seq}&sleep=1000")).collect();
    witnessed::perform(&paths, |urls| {
        let every = NonZeroUsize::new(urls.len()).expect("there are URLs");
        let agent = Agent::new(&Setup::new(every)).expect("a client");
        ping_all(&agent, urls)
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** 600 pings are spawned at once, and the server never sees more
// than 512 at once.
//
// **Where.** At `tasks.spawn_blocking(move || ping(&agent, &url));`: from the
// 513th on, they wait for a thread.
//
// **Why.** The runtime makes 512 threads for blocking calls at most, unless it
// is built with another number. Further calls wait in a queue without a limit
// and without a warning: a call that blocks for long delays every other one,
// even a file or a name look-up of the runtime itself.
//
// **Fix.** Where there are more waits than that, wait with `.await`. Where it
// must be threads, give it a limit of your own, as lesson 4 does.
//
// **In the lesson.** Tasks that wait need no thread; permits are the limit.
