//! Problems in what people write: a code, a place, what was found, what was wanted, a way out.
//!
//! Takes byte spans into a text and gives pages that a person can act on. It knows nothing of scenarios, and it neither
//! colours nor prints: a report is a `String` before it is on a terminal.
//!
//! ```text
//! E014 heroku-to-ecs.toml:41:15  `autoscaling` is 1.4; it is a share, 0 to 1
//!    |  autoscaling = 1.4
//!    |                ^^^ write "14 %" or 0.14
//! ```

mod problem;
mod render;
mod source;

pub use problem::{Place, Problem, Report, Severity};
pub use source::SourceFile;
