//! Questions to the charts, for a reader who has understood what is drawn.
//! Neither the title nor one number is the answer. The answers hold no figure,
//! and a question is left out where the run does not show what is asked.

use measurement::record::Act;
use measurement::summary::{Batch, Row, Summary};
use measurement::ways;

use crate::asked::Asked;
use crate::chart;
use crate::finding::levels::named;

/// A question to a chart, and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// File name of the chart, without its ending: `speed-up`.
    pub chart: &'static str,
    /// The question.
    pub question: &'static str,
    /// Its answer in words.
    pub answer: &'static str,
}

/// How many questions a chart has at most.
const EACH: usize = 2;

/// Two questions for each chart of the report that there is data for.
pub fn questions(summary: &Summary) -> Vec<Question> {
    let charts: [(&str, Vec<Asked>); 8] = [
        ("waterfall-live", waterfall_live(summary)),
        ("waterfall", waterfall(summary)),
        ("speed-up", speed_up(summary)),
        ("efficiency", efficiency(summary)),
        ("cpu-cost", chart::cpu_cost::questions(summary)),
        ("memory", chart::memory::questions(summary)),
        ("latency", latency(summary)),
        ("trust", trust(summary)),
    ];
    let questions = charts.into_iter().flat_map(|(chart, asked)| {
        let shown = asked.into_iter().filter(|(.., shown)| *shown);
        shown.take(EACH).map(move |(question, answer, _)| Question {
            chart,
            question,
            answer,
        })
    });
    questions.collect()
}

fn row<'a>(batch: &'a Batch, strategy: &str) -> Option<&'a Row> {
    batch.rows.iter().find(|row| row.strategy == strategy)
}

fn makespan(batch: &Batch, strategy: &str) -> Option<f64> {
    Some(row(batch, strategy)?.makespan_ns.as_ref()?.median)
}

fn ratio(batch: &Batch, of: &str, over: &str) -> Option<f64> {
    Some(makespan(batch, of)? / makespan(batch, over)?)
}

fn waterfall_live(summary: &Summary) -> Vec<Asked> {
    let batch = summary.of_act(Act::Book).next();
    let ratio =
        batch.and_then(|b| ratio(b, ways::ONE_BY_ONE.id, ways::WAVES.id));
    let shown = ratio.is_some_and(|ratio| ratio > 2.0);
    vec![
        (
            "No ping of the second group is answered sooner than one of the \
             first. Why does the group end so much earlier?",
            "Its waits overlap: all of them begin together, so all of them \
             together take about as long as one.",
            shown,
        ),
        (
            "How long would each group take with twice as many pings?",
            "The first about twice as long, because each wait is added. The \
             second about as long as now, with a thread for each ping.",
            shown,
        ),
    ]
}

fn waterfall(summary: &Summary) -> Vec<Asked> {
    let Some(batch) = summary.uneven() else {
        return Vec::new();
    };
    let pool = makespan(batch, ways::POOL.id);
    let slower = |name| {
        let ratio = ratio(batch, name, ways::POOL.id);
        ratio.is_some_and(|ratio| ratio > 1.1)
    };
    vec![
        (
            "Where does a slot have nothing to do, and whom does it wait for?",
            "In the waves before each new wave: all wait for the slowest ping \
             of the wave. In the fixed shares at the end: those whose share is \
             done wait for the largest share.",
            slower(ways::WAVES.id) && slower(ways::SHARES.id),
        ),
        (
            "In the pool, whoever is free takes the next ping. Why does it not \
             end at the dashed rule?",
            "It begins some of the long pings late. While the last of them \
             wait, the other slots find nothing left. If the longest pings \
             came first, less time would be lost.",
            pool.is_some_and(|pool| pool > 1.1 * batch.bound_ns as f64),
        ),
    ]
}

fn speed_up(summary: &Summary) -> Vec<Asked> {
    let even = named(summary);
    let close = even.first().is_some_and(|batch| {
        let others = [ways::SHARES.id, ways::TASKS.id];
        others.iter().all(|name| {
            let ratio = ratio(batch, name, ways::POOL.id);
            ratio.is_some_and(|ratio| (0.9..1.1).contains(&ratio))
        })
    });
    let no_waits = summary.no_waits();
    let waves_lose = no_waits.is_some_and(|batch| {
        let ratio = ratio(batch, ways::WAVES.id, ways::POOL.id);
        ratio.is_some_and(|ratio| ratio > 1.5)
    });
    vec![
        (
            "With even waits fixed shares, the pool and tasks are close \
             together. Why does it hardly matter there how the work is shared?",
            "All pings are equally long, so all shares are, too. It matters \
             only where somebody can be done earlier than the others.",
            close,
        ),
        (
            "Without waits, what can be gained, and which strategy loses?",
            "Client and server can work at the same time, on all processors, \
             and processors that never go idle need not be woken. The waves \
             lose: they make a thread for each ping, which costs more than the \
             ping.",
            waves_lose,
        ),
        (
            "Why can no strategy be far above the dashed line?",
            "With twice as many in flight at most twice as many waits overlap. \
             A point above it is noise, or a slow first measurement one by one.",
            !even.is_empty(),
        ),
        (
            "Without waits the points are much lower. Why?",
            "There is no wait that could overlap. What is left is the work of \
             the processors, and there are only a few of those.",
            no_waits.is_some(),
        ),
    ]
}

fn efficiency(summary: &Summary) -> Vec<Asked> {
    let levels = named(summary);
    vec![
        (
            "The waits are as long in the last row as in the first. Why are \
             its symbols farther to the right?",
            "Each ping in flight brings work: a thread or a task, a \
             connection, a request. The more there are, the more of this work \
             has to be done in the time of one wait.",
            !levels.is_empty(),
        ),
        (
            "Two symbols are inside the grey of their row. Which of the two \
             strategies is better?",
            "This run cannot tell. The same strategy, run twice, differs from \
             itself by as much.",
            levels.iter().any(|batch| batch.twins.is_some()),
        ),
        (
            "Does a symbol farther to the left always mean a shorter time?",
            "Only in the same row: the earliest possible end is another one \
             for each number in flight.",
            !levels.is_empty(),
        ),
    ]
}

fn latency(summary: &Summary) -> Vec<Asked> {
    let levels = named(summary);
    let Some(batch) = levels.last() else { return Vec::new() };
    let half = |row: &Row| {
        let service = row.service.as_ref()?.quantile(0.5)?;
        Some(row.sojourn.as_ref()?.quantile(0.5)? / service)
    };
    let apart = batch.rows.iter().filter_map(half).any(|times| times > 1.5);
    vec![
        (
            "At the right half of the pings are done much later than at the \
             left. What is in the one and not in the other?",
            "The wait for a free slot. It is over when the ping starts, so the \
             left panel does not have it.",
            apart,
        ),
        (
            "Somebody reports the left panel only. What does he hide from the \
             caller whose URL is the last of the list?",
            "That most of the caller's time passes before the ping starts. To \
             leave this out is called coordinated omission.",
            apart,
        ),
    ]
}

fn trust(summary: &Summary) -> Vec<Asked> {
    if summary.trust.course.is_empty() {
        return Vec::new();
    }
    let twins = summary.batches.iter().any(|batch| batch.twins.is_some());
    vec![
        (
            "Which differences between strategies would you not believe?",
            "Those smaller than the grey floor. A strategy that runs twice \
             differs from itself by as much.",
            twins,
        ),
        (
            "The trials of a strategy are spread over the whole run. What \
             would go wrong with one strategy after another?",
            "A machine that slowly changes would strike one strategy and not \
             the others. That would look like a difference between them.",
            true,
        ),
        (
            "Why are disturbed trials kept?",
            "Who drops what was slow measures a quicker machine.",
            true,
        ),
    ]
}
