use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::PathBuf;
use std::process;
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context, Result};
use lesson_08_good_manners::retries::retry_after;
use ping_core::{NoRetry, Ping, Watch};
use safe_text::terminal::printable;
use serde_json::json;

use self::told::Told;
use super::percentiles::Percentiles;
use super::tally::{Tally, Verdict};
use crate::cli::{OutputFormat, PingArgs};
use crate::duration::display;
use crate::terminal::folded;
use crate::text::json::line;
use crate::usage::usage;

mod target;
pub(crate) use target::Target;
#[cfg(test)]
mod tests;
mod told;

/// The version of the JSON document that `ping` prints.
const SCHEMA_VERSION: u32 = 1;

/// Known before the first ping.
pub(super) struct Head<'a> {
    pub(super) strategy: &'a str,
    pub(super) concurrency: usize,
    pub(super) requested_concurrency: usize,
}

/// Known after the last one.
pub(super) struct Totals<'a> {
    pub(super) tally: &'a Tally,
    pub(super) watch: &'a Watch,
    /// Because the deadline came first, or somebody pressed Ctrl-C.
    pub(super) never_sent: u64,
    pub(super) elapsed: Duration,
    pub(super) cpu_ns: Option<u64>,
    pub(super) peak_rss_bytes: Option<u64>,
}

/// Writes as the pings come in, so that nothing has to be kept.
pub(super) struct Output {
    format: OutputFormat,
    pings: bool,
    any: bool,
    to: BufWriter<Target>,
    /// What it is called in an error.
    name: String,
}

impl Output {
    /// Finds out whether it can be written, before anything is pinged.
    pub(super) fn open(args: &PingArgs) -> Result<Output> {
        if args.no_pings && args.output_format == OutputFormat::Csv {
            return Err(usage(
                "CSV has a row per ping and nothing else; leave --no-pings \
                 out, or take another --output-format",
            ));
        }
        let target = Target::open(args)?;
        Ok(Output {
            format: args.output_format,
            pings: !args.no_pings,
            any: false,
            name: target.name().to_owned(),
            to: BufWriter::new(target),
        })
    }

    /// What is to be removed where the process ends at once.
    pub(super) fn unfinished(&self) -> Option<PathBuf> {
        self.to.get_ref().unfinished()
    }

    pub(super) fn wants_pings(&self) -> bool {
        self.pings
    }

    /// Writes what comes before the pings.
    pub(super) fn head(&mut self, head: &Head<'_>) -> Result<()> {
        let written = match self.format {
            OutputFormat::Text => Ok(()),
            // The document is written piece by piece: a list of a million
            // pings is never in memory.
            OutputFormat::Json => write!(
                self.to,
                "{{\"schema_version\":{SCHEMA_VERSION},\"strategy\":{},\
                 \"concurrency\":{},\"requested_concurrency\":{}{}",
                json!(head.strategy),
                head.concurrency,
                head.requested_concurrency,
                if self.pings { ",\"pings\":[" } else { "" },
            ),
            OutputFormat::Csv => writeln!(
                self.to,
                "url,status,reason,started_s,elapsed_s,bytes,error,outcome,\
                 cut_off,retried"
            ),
        };
        self.checked(written)
    }

    /// Writes pings, in the order given.
    pub(super) fn pings(
        &mut self,
        pings: &[Ping],
        start: Instant,
        tally: &Tally,
    ) -> Result<()> {
        for ping in pings {
            let verdict = tally.verdict(ping);
            let told = || Told::of(ping, start, verdict);
            let written = match self.format {
                _ if verdict == Verdict::NeverSent => continue,
                OutputFormat::Text if ping.retried => {
                    writeln!(self.to, "{ping}, tried again{}", asked(ping))
                }
                OutputFormat::Text => writeln!(self.to, "{ping}"),
                OutputFormat::Json => {
                    let comma = if self.any { "," } else { "" };
                    write!(self.to, "{comma}\n{}", line(told()))
                }
                OutputFormat::Csv => writeln!(self.to, "{}", told().csv()),
            };
            self.any = true;
            self.checked(written)?;
        }
        Ok(())
    }

    /// Writes what comes after the pings.
    pub(super) fn totals(mut self, totals: &Totals<'_>) -> Result<()> {
        let written = match self.format {
            OutputFormat::Text => self.text(totals),
            OutputFormat::Json => self.json(totals),
            OutputFormat::Csv => Ok(()),
        };
        let written = written.and_then(|()| self.to.flush());
        self.checked(written)?;
        let Output { to, name, .. } = self;
        let finished = to.into_inner().map_err(|why| why.into_error());
        finished
            .and_then(Target::finish)
            .with_context(|| format!("cannot write {name}"))
    }

    /// A reader that has gone away, such as `head`, is a reason to stop and
    /// not to complain.
    fn checked(&self, written: io::Result<()>) -> Result<()> {
        if written.as_ref().is_err_and(|e| e.kind() == ErrorKind::BrokenPipe) {
            process::exit(0);
        }
        written.with_context(|| format!("cannot write {}", self.name))
    }

    fn text(&mut self, totals: &Totals<'_>) -> io::Result<()> {
        let Totals { tally, never_sent, elapsed, .. } = totals;
        let outcomes: Vec<String> = (tally.outcomes().iter())
            .map(|(outcome, count)| format!("{count} × {outcome}"))
            .collect();
        let seconds = elapsed.as_secs_f64();
        let pings = tally.pings();
        let plural = if pings == 1 { "" } else { "s" };
        if tally.requests() > 0 {
            self.line(&format!(
                "{pings} ping{plural} in {}: {} ({:.1} requests/s)",
                display(seconds * 1e9),
                outcomes.join(", "),
                tally.requests() as f64 / seconds.max(1e-9),
            ))?;
            self.percentiles(tally)?;
            let law = tally.law();
            match tally.retried() {
                0 => self.line(&law)?,
                retries => self.line(&format!(
                    "{law}; {retries} of them were tried again"
                ))?,
            }
        }
        let refused: Vec<String> = (NoRetry::ALL.into_iter())
            .map(|why| (totals.watch.given_up(why), why))
            .filter(|(many, _)| *many > 0)
            .map(|(many, why)| format!("{many} {}", told_why(why)))
            .collect();
        if !refused.is_empty() {
            self.line(&format!("not tried again: {}", refused.join("; ")))?;
        }
        match tally.cut_off() {
            0 => {}
            many => writeln!(
                self.to,
                "{many} cut off by a limit and kept: the time of each is a \
                 lower bound"
            )?,
        }
        match never_sent {
            0 => Ok(()),
            1 => writeln!(self.to, "1 was never sent"),
            many => writeln!(self.to, "{many} were never sent"),
        }
    }

    fn percentiles(&mut self, tally: &Tally) -> io::Result<()> {
        let Percentiles { n, known } = tally.percentiles();
        if known.is_empty() {
            return Ok(());
        }
        let known: Vec<String> = (known.iter())
            .map(|(name, ns)| format!("{name} {}", display(*ns)))
            .collect();
        let known = known.join(", ");
        self.line(&format!("{known} (of the {n} that were answered)"))
    }

    /// A line of words, none of which is broken.
    fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.to, "{}", folded(text))
    }

    fn json(&mut self, totals: &Totals<'_>) -> io::Result<()> {
        let Totals { tally, never_sent, elapsed, cpu_ns, .. } = totals;
        let refused = |why| totals.watch.given_up(why);
        let cpu_s = cpu_ns.map(|ns| ns as f64 / 1e9);
        writeln!(
            self.to,
            "{},\"requests\":{},\"ok\":{},\"unexpected\":{},\"failures\":{},\
             \"retried\":{},\"not_retried\":{},\"cut_off\":{},\
             \"cut_off_times\":\"kept as lower bounds\",\"cancelled\":{},\
             \"elapsed_s\":{},\"cpu_s\":{},\"peak_rss_bytes\":{},\
             \"percentiles_s\":{},\"outcomes\":{}}}",
            if self.pings { "\n]" } else { "" },
            tally.requests(),
            tally.ok(),
            tally.unexpected(),
            json!(tally.failures()),
            tally.retried(),
            json!({
                "budget": refused(NoRetry::Budget),
                "deadline": refused(NoRetry::Deadline),
                "patience": refused(NoRetry::Patience),
                "stopped": refused(NoRetry::Stopped),
            }),
            tally.cut_off(),
            never_sent,
            json!(elapsed.as_secs_f64()),
            json!(cpu_s),
            json!(totals.peak_rss_bytes),
            json!(tally.percentiles().seconds()),
            json!(tally.outcomes()),
        )
    }
}

fn told_why(why: NoRetry) -> &'static str {
    match why {
        NoRetry::Budget => "for want of budget",
        NoRetry::Deadline => "because the deadline comes first",
        NoRetry::Patience => "because Retry-After asks for more than a minute",
        NoRetry::Stopped => "because it was stopped",
    }
}

/// The pause that a server asked for before the next attempt.
fn asked(ping: &Ping) -> String {
    let reply = ping.result.as_ref().ok();
    let text = reply.and_then(|reply| reply.retry_after.as_deref());
    let heeded = retry_after(ping, SystemTime::now()).is_some();
    match text.filter(|_| heeded) {
        Some(text) => format!(" as Retry-After asks ({})", printable(text)),
        None => String::new(),
    }
}
