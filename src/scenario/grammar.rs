//! The grammar of quantities as a value: the page of productions and the patterns of the schema are both printed from
//! it, so that neither can drift from the other. The reader (`quantity.rs`) is written by hand; tests hold the two
//! together in both directions.

/// A piece of a production.
enum Part {
    /// These very characters.
    Is(&'static str),
    /// A word in any case.
    Word(&'static str),
    /// Characters of a class: how the page calls it, and the pattern of one.
    One(&'static str, &'static str),
    /// Another production.
    Rule(&'static str),
    /// One after the other.
    Then(&'static [Self]),
    /// One of these.
    Either(&'static [Self]),
    /// Perhaps.
    Maybe(&'static Self),
    /// Any number of times, none among them.
    Many(&'static Self),
}

use Part::{Either, Is, Many, Maybe, One, Rule, Then, Word};

/// A production.
struct Production {
    name: &'static str,
    /// Whether spaces may stand between its pieces.
    spaced: bool,
    part: Part,
    /// An example of each, for the page.
    example: &'static str,
}

const fn spaced(name: &'static str, part: Part, example: &'static str) -> Production {
    Production { name, spaced: true, part, example }
}

const fn tight(name: &'static str, part: Part, example: &'static str) -> Production {
    Production { name, spaced: false, part, example }
}

/// Letters that the patterns know: Latin, Greek, Cyrillic, Japanese and Chinese. The reader takes every letter of Unicode.
const LETTER: &str = "A-Za-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02AF\\u0391-\\u03A1\\u03A3-\\u03C9\\u0410-\\u044F\\u3041-\\u3096\\u30A1-\\u30FA\\u4E00-\\u9FFF";

static RULES: [Production; 20] = [
    spaced("quantity", Either(&[Rule("end"), Rule("range")]), "42 GB"),
    spaced("range", Then(&[Rule("end"), Is(".."), Rule("end")]), "20 .. 60 hours / month"),
    spaced(
        "month number",
        Either(&[
            Rule("quantity"),
            Then(&[Word("month"), Rule("end"), Maybe(&Then(&[Is(".."), Maybe(&Word("month")), Rule("end")]))]),
        ]),
        "month 3 .. 6",
    ),
    spaced("end", Either(&[Rule("money"), Rule("factor"), Rule("amount")]), "1.5 TB"),
    spaced(
        "money",
        Then(&[
            Either(&[Then(&[Maybe(&Rule("sign")), Is("$")]), Then(&[Is("$"), Rule("sign")])]),
            Rule("number"),
            Maybe(&Rule("dollars")),
            Many(&Rule("per")),
        ]),
        "$1,200 / month",
    ),
    spaced(
        "factor",
        Then(&[Maybe(&Rule("sign")), Rule("number"), Either(&[Word("times"), Word("time")]), Maybe(&Word("today"))]),
        "25 times today",
    ),
    spaced("amount", Then(&[Maybe(&Rule("sign")), Rule("number"), Maybe(&Rule("unit"))]), "-1 % / month"),
    spaced(
        "unit",
        Either(&[
            Then(&[Rule("dollars"), Many(&Rule("per"))]),
            Then(&[Rule("word"), Many(&Rule("word")), Many(&Rule("per"))]),
            Then(&[Rule("per"), Many(&Rule("per"))]),
        ]),
        "engineer-weeks",
    ),
    spaced(
        "per",
        Then(&[Is("/"), Maybe(&Then(&[Rule("ten"), Is(" ")])), Rule("word"), Many(&Rule("word"))]),
        "/ 1,000 pictures",
    ),
    tight(
        "ten",
        Either(&[
            Is("10"),
            Is("100"),
            Is("1,000"),
            Is("1000"),
            Is("10,000"),
            Is("10000"),
            Is("100,000"),
            Is("100000"),
            Is("1,000,000"),
            Is("1000000"),
        ]),
        "1,000",
    ),
    tight("dollars", Either(&[Is("$"), Word("USD"), Word("dollars"), Word("dollar")]), "USD"),
    tight("sign", Either(&[Is("-"), Is("+")]), "-"),
    tight(
        "number",
        Then(&[
            Either(&[
                Then(&[
                    Rule("digit"),
                    Maybe(&Rule("digit")),
                    Maybe(&Rule("digit")),
                    Is(","),
                    Rule("three"),
                    Many(&Then(&[Is(","), Rule("three")])),
                ]),
                Rule("digits"),
            ]),
            Maybe(&Then(&[Is("."), Rule("digits")])),
            Maybe(&Then(&[Either(&[Is("e"), Is("E")]), Maybe(&Rule("sign")), Rule("digits")])),
        ]),
        "1,200,000.5",
    ),
    tight("three", Then(&[Rule("digit"), Rule("digit"), Rule("digit")]), "200"),
    tight("digits", Then(&[Rule("digit"), Many(&Rule("digit"))]), "42"),
    tight("digit", One("0 to 9", "[0-9]"), "7"),
    tight(
        "word",
        Either(&[
            Is("%"),
            Then(&[Rule("letter"), Many(&Then(&[Many(&Is("-")), Either(&[Rule("letter"), Rule("digit"), Is("_")])]))]),
        ]),
        "engineer-weeks",
    ),
    tight("letter", One("a letter", LETTER), "h"),
    tight(
        "date",
        Then(&[
            Rule("digit"),
            Rule("digit"),
            Rule("digit"),
            Rule("digit"),
            Is("-"),
            One("01 to 12", "(?:0[1-9]|1[0-2])"),
        ]),
        "2027-01",
    ),
    tight("quantile", Then(&[Is("p"), One("1 to 99, or 01 to 09", "(?:0?[1-9]|[1-9][0-9])")]), "p90"),
];

/// The productions as a page shows them, one a line, each with an example.
#[must_use]
pub fn ebnf() -> String {
    let mut text = String::new();
    for rule in &RULES {
        let is_class = matches!(rule.part, One(..));
        let line = format!("{:<12} = {} ;", rule.name, shown(&rule.part, true));
        let example = if is_class { String::new() } else { format!("(* {} *)", rule.example) };
        if line.len() + example.len() > 112 {
            text.push_str(&format!("{line}\n{:<15}{example}\n", ""));
        } else {
            text.push_str(format!("{line:<84} {example}").trim_end());
            text.push('\n');
        }
    }
    text
}

/// Whether the reader is handed texts of a production, and an example: for tests.
#[cfg(test)]
pub(super) fn examples() -> impl Iterator<Item = (&'static str, &'static str)> {
    RULES.iter().map(|rule| (rule.name, rule.example))
}

fn shown(part: &Part, is_whole: bool) -> String {
    let all =
        |parts: &[Part], between: &str| parts.iter().map(|part| shown(part, false)).collect::<Vec<_>>().join(between);
    match part {
        Is(text) | Word(text) => format!("\"{text}\""),
        One(name, _) => format!("? {name} ?"),
        Rule(name) => (*name).to_owned(),
        Then(parts) => all(parts, ", "),
        Either(parts) if is_whole => all(parts, " | "),
        Either(parts) => format!("( {} )", all(parts, " | ")),
        Maybe(part) => format!("[ {} ]", shown(part, true)),
        Many(part) => format!("{{ {} }}", shown(part, true)),
    }
}

/// The pattern of a production, in what ECMA 262 and the engines of editors have in common, for a whole text.
#[must_use]
pub fn pattern(name: &str) -> String {
    let rule = rule(name);
    let spaces = if rule.spaced { " *" } else { "" };
    format!("^{spaces}{}{spaces}$", regex(&rule.part, rule.spaced))
}

fn rule(name: &str) -> &'static Production {
    RULES.iter().find(|rule| rule.name == name).expect("Invariant: productions name each other")
}

fn regex(part: &Part, spaced: bool) -> String {
    let space = if spaced { " *" } else { "" };
    match part {
        Is(text) => escaped(text),
        Word(word) => word.chars().map(|c| format!("[{}{}]", c.to_ascii_uppercase(), c.to_ascii_lowercase())).collect(),
        One(_, class) if class.starts_with('(') || class.starts_with('[') => (*class).to_owned(),
        One(_, class) => format!("[{class}]"),
        Rule(name) => {
            let rule = rule(name);
            regex(&rule.part, rule.spaced)
        }
        Then(parts) => {
            // What may be missing brings its own space, so that a missing piece leaves none behind.
            let mut text = String::new();
            for (place, part) in parts.iter().enumerate() {
                let inner = regex(part, spaced);
                let first = place == 0;
                text.push_str(&match part {
                    Maybe(_) | Many(_) if first => format!("{inner}{space}"),
                    Maybe(_) | Many(_) => inner,
                    _ if first || matches!(parts[place - 1], Maybe(_)) && place == 1 => inner,
                    _ => format!("{space}{inner}"),
                });
            }
            text
        }
        Either(parts) => {
            let parts: Vec<String> = parts.iter().map(|part| regex(part, spaced)).collect();
            format!("(?:{})", parts.join("|"))
        }
        Maybe(part) => format!("(?:{space}{})?", regex(part, spaced)),
        Many(part) => format!("(?:{space}{})*", regex(part, spaced)),
    }
}

fn escaped(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_alphanumeric() || "-/%_,".contains(c) { c.to_string() } else { format!("\\{c}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;
    use proptest::string::string_regex;
    use regex::Regex;

    use super::*;
    use crate::scenario::quantity::{parse, parse_unit};

    fn is(name: &str, text: &str) -> bool {
        static QUANTITY: LazyLock<Regex> = LazyLock::new(|| Regex::new(&pattern("quantity")).expect("a pattern"));
        match name {
            "quantity" => QUANTITY.is_match(text),
            _ => Regex::new(&pattern(name)).expect("a pattern").is_match(text),
        }
    }

    #[test]
    fn the_page_and_the_reader_s_head_show_the_grammar() {
        let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/GRAMMAR.md"));
        let page = page.expect("the page of the grammar");
        assert!(page.contains(&ebnf()), "scenarios/GRAMMAR.md is not the grammar:\n{}", ebnf());
        let source = include_str!("quantity.rs");
        let head: String =
            source.lines().map_while(|line| line.strip_prefix("//!")).map(|l| format!("{}\n", l.trim())).collect();
        for line in ebnf().lines() {
            let line = line.trim();
            assert!(head.lines().any(|shown| shown.trim() == line), "the head of quantity.rs lacks\n//! {line}");
        }
    }

    #[test]
    fn every_production_has_an_example_that_is_one() {
        for (name, example) in examples() {
            assert!(is(name, example), "{example} is no {name}: {}", pattern(name));
        }
    }

    #[test]
    fn texts_are_what_the_grammar_says_and_the_reader_agrees() {
        let cases = [
            ("quantity", "20..60h/month", true),
            ("quantity", "$10 / month .. $20 / month", true),
            ("quantity", "- $ 5", true),
            ("quantity", "$-5", true),
            ("quantity", "1200 USD / month", true),
            ("quantity", "$5 usd / month", true),
            ("quantity", "5 % / month", true),
            ("quantity", "6 .. 18 / month", true),
            ("quantity", "2 e", true),
            ("quantity", "0.09874 / hour", true),
            ("quantity", "5 GB / day / host", true),
            ("quantity", "$0.50 / 1,000 pictures", true),
            ("quantity", "$5 / 100 builds", true),
            ("quantity", "$5 / 500 builds", false),
            ("quantity", "$5 / 1000", false),
            ("quantity", "$5 / 1e3 builds", false),
            ("quantity", "$5 / 0100 builds", false),
            ("quantity", "1,20", false),
            ("quantity", "1234,567", false),
            ("quantity", "$5 GB", false),
            ("quantity", "--1", false),
            ("quantity", "$$1", false),
            ("quantity", "1 ... 2", false),
            ("quantity", "1 .. 2 .. 3", false),
            ("quantity", "5 /", false),
            ("quantity", "5 5", false),
            ("quantity", "", false),
            ("quantity", "hours", false),
            ("quantity", "5.", false),
            ("quantity", ".5", false),
            ("quantity", "5 engineer-", false),
            ("month number", "month 3 .. month 6", true),
            ("month number", "Month 3", true),
            ("month number", "3 .. month 6", false),
        ];
        for (name, text, wanted) in cases {
            assert_eq!(is(name, text), wanted, "{text} by the grammar");
            assert_eq!(parse(text).is_ok(), wanted, "{text} by the reader");
        }
        for (text, wanted) in
            [("$ / hour", true), ("% / month", true), ("engineer-weeks", true), ("5", false), ("/", false)]
        {
            assert_eq!(is("unit", text), wanted, "{text} by the grammar");
            assert_eq!(parse_unit(text).is_ok(), wanted, "{text} by the reader");
        }
    }

    fn texts(name: &str) -> impl Strategy<Value = String> + use<> {
        let whole = pattern(name);
        string_regex(whole.trim_start_matches('^').trim_end_matches('$')).expect("a pattern that generates")
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn whatever_the_grammar_makes_the_reader_reads(quantity in texts("quantity"), unit in texts("unit")) {
            // A number may be too large for a quantity, which no grammar says.
            let read = parse(&quantity);
            prop_assert!(read.as_ref().map_or_else(|refusal| refusal.message.contains("too large"), |_| true), "{quantity}: {read:?}");
            prop_assert!(parse_unit(&unit).is_ok(), "{unit}");
        }

        #[test]
        fn whatever_the_reader_reads_the_grammar_makes(text in "([-+$ ]{0,2}[0-9]{1,4}(,[0-9]{2,3})?(\\.[0-9]{1,2})?([eE][-+]?[0-9])?[ a-z%$/]{0,6}(\\.\\.)? ?){1,2}") {
            let month = text.trim_start().starts_with("mo");
            if parse(&text).is_ok() && !month {
                prop_assert!(is("quantity", &text), "{text}");
            }
        }
    }
}
