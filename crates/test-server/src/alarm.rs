//! What wakes the loop when the earliest deadline has come.

pub(crate) use system::Alarm;

/// mio's poll, like tokio's timers, waits whole milliseconds; a wait of 20 ms
/// would be one of 20.5 on average, and the answers would come in bunches. A
/// timerfd fires to the microsecond and is one more descriptor to poll.
#[cfg(target_os = "linux")]
mod system {
    use std::io;
    use std::os::fd::{AsFd, AsRawFd};
    use std::time::Duration;

    use mio::unix::SourceFd;
    use mio::{Interest, Registry, Token};
    use nix::sys::time::TimeSpec;
    use nix::sys::timerfd::{
        ClockId, Expiration, TimerFd, TimerFlags, TimerSetTimeFlags,
    };

    pub(crate) struct Alarm {
        timer: TimerFd,
        /// What it is set to. A deadline in the past needs no undoing: the
        /// timer fires once, and the loop finds nothing to do.
        set_to: Option<u64>,
    }

    impl Alarm {
        pub(crate) fn new(
            registry: &Registry,
            token: Token,
        ) -> io::Result<Self> {
            let timer = TimerFd::new(
                ClockId::CLOCK_MONOTONIC,
                TimerFlags::TFD_NONBLOCK | TimerFlags::TFD_CLOEXEC,
            )?;
            // Edge triggered, so the timer need never be read: each expiry is
            // an event of its own, and setting it again clears the old one.
            registry.register(
                &mut SourceFd(&timer.as_fd().as_raw_fd()),
                token,
                Interest::READABLE,
            )?;
            Ok(Self { timer, set_to: None })
        }

        /// Sees to it that the loop wakes at `earliest`, and returns how long
        /// the poll may sleep: here as long as it likes. One system call, and
        /// none while the earliest deadline stays the same.
        pub(crate) fn set(
            &mut self,
            earliest: Option<u64>,
            _now: u64,
        ) -> io::Result<Option<Duration>> {
            if let Some(at) = earliest.filter(|at| self.set_to != Some(*at)) {
                let time = TimeSpec::from_duration(Duration::from_nanos(at));
                self.timer.set(
                    Expiration::OneShot(time),
                    TimerSetTimeFlags::TFD_TIMER_ABSTIME,
                )?;
                self.set_to = Some(at);
            }
            Ok(None)
        }
    }
}

/// Elsewhere the poll's own timeout has to do, a millisecond late at worst.
#[cfg(not(target_os = "linux"))]
mod system {
    use std::io;
    use std::time::Duration;

    use mio::{Registry, Token};

    pub(crate) struct Alarm;

    impl Alarm {
        pub(crate) fn new(_: &Registry, _: Token) -> io::Result<Self> {
            Ok(Self)
        }

        /// Returns how long the poll may sleep.
        pub(crate) fn set(
            &mut self,
            earliest: Option<u64>,
            now: u64,
        ) -> io::Result<Option<Duration>> {
            let left = |at: u64| Duration::from_nanos(at.saturating_sub(now));
            Ok(earliest.map(left))
        }
    }
}
