//! The rule language: predicates over facts, in three values.
//!
//! ```text
//! air_interface and not wlan_only
//! frame_rate_hz <= 9 or not infrared
//! user in (police, intelligence) and destination in (us.d5)
//! cap.imsi-catcher or rule:eu.2021-821.art2-20
//! ```
//!
//! Names are checked against the catalogue of facts, the capabilities, the groups of
//! places and the rules when a pack is loaded, so that a misspelt fact is an error
//! with its rule and never an unknown for ever. A predicate over a missing fact is
//! `CannotTell`; Kleene's logic carries it up. Rejected: a general language (law
//! needs no loops) and one TOML table for each operator (nobody could read a rule).

use scruple_model::{Answer, Place};

use crate::fact::{Facts, Kind, Standing, Value};

/// A comparison of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// `<`
    Less,
    /// `<=`
    Most,
    /// `>`
    More,
    /// `>=`
    Least,
}

/// A predicate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// All hold.
    And(Vec<Expr>),
    /// One holds.
    Or(Vec<Expr>),
    /// It does not hold.
    Not(Box<Expr>),
    /// The fact is true.
    Truth(String),
    /// The number compares so; in thousandths.
    Compare(String, Order, i64),
    /// The word or place is one of these.
    In(String, Vec<String>),
    /// The fact is known, whatever it is: never `CannotTell`.
    Known(String),
    /// Somebody stated that the fact is unknown: never `CannotTell`.
    StatedOpen(String),
    /// The capability is there.
    Capability(String),
    /// What an earlier rule or list came to.
    Result(String),
    /// Always.
    Always,
}

/// What names mean: given by whoever loads packs.
pub trait Names {
    /// The kind of a fact.
    fn fact(&self, name: &str) -> Option<Kind>;
    /// Whether there is such a capability.
    fn capability(&self, id: &str) -> bool;
    /// Whether there is such a place or group of places.
    fn place(&self, code: &str) -> bool;
}

/// Whether a place lies in a place or group.
pub trait Groups {
    /// Whether `place` lies within `code`.
    fn within(&self, place: &Place, code: &str) -> bool;
}

impl Expr {
    /// Reads a predicate.
    ///
    /// # Errors
    ///
    /// What is wrong, in words that name the part.
    pub fn parse(text: &str, names: &dyn Names) -> Result<Self, String> {
        let tokens = tokens(text)?;
        let mut parser = Parser {
            tokens: &tokens,
            at: 0,
            names,
            text,
        };
        let expr = parser.or()?;
        match parser.peek() {
            None => Ok(expr),
            Some(rest) => Err(format!("\"{text}\": `{rest}` is left over")),
        }
    }

    /// Whether it holds; every fact it looked at is pushed to `touched`.
    pub fn eval(&self, facts: &Facts, groups: &dyn Groups, touched: &mut Vec<String>) -> Answer {
        let absent = if facts.is_described {
            Answer::No
        } else {
            Answer::CannotTell
        };
        self.answer(facts, groups, touched, absent)
    }

    /// Whether it holds of an item that has the capabilities known and no other, as if
    /// somebody had described it.
    pub fn eval_as_described(&self, facts: &Facts, groups: &dyn Groups) -> Answer {
        self.answer(facts, groups, &mut Vec::new(), Answer::No)
    }

    /// `absent` is what follows of a capability that nobody claims and no text shows.
    fn answer(
        &self,
        facts: &Facts,
        groups: &dyn Groups,
        touched: &mut Vec<String>,
        absent: Answer,
    ) -> Answer {
        let mut touch = |name: &str| {
            if !touched.iter().any(|known| known == name) {
                touched.push(name.to_owned());
            }
        };
        match self {
            Self::Always => Answer::Yes,
            Self::And(all) => all
                .iter()
                .map(|one| one.answer(facts, groups, touched, absent))
                .fold(Answer::Yes, Answer::and),
            Self::Or(any) => any
                .iter()
                .map(|one| one.answer(facts, groups, touched, absent))
                .fold(Answer::No, Answer::or),
            Self::Not(one) => match one.answer(facts, groups, touched, absent) {
                Answer::Yes => Answer::No,
                Answer::No => Answer::Yes,
                Answer::CannotTell => Answer::CannotTell,
            },
            Self::Truth(name) => {
                touch(name);
                facts.truth(name).map_or(Answer::CannotTell, yes_if)
            }
            Self::Compare(name, order, limit) => {
                touch(name);
                match facts.get(name).map(|known| &known.value) {
                    Some(Value::Number(number)) => yes_if(match order {
                        Order::Less => number < limit,
                        Order::Most => number <= limit,
                        Order::More => number > limit,
                        Order::Least => number >= limit,
                    }),
                    _ => Answer::CannotTell,
                }
            }
            Self::In(name, list) => {
                touch(name);
                match facts.get(name).map(|known| &known.value) {
                    Some(Value::Word(word)) => yes_if(list.contains(word)),
                    Some(Value::Place(place)) => {
                        yes_if(list.iter().any(|code| groups.within(place, code)))
                    }
                    _ => Answer::CannotTell,
                }
            }
            Self::Known(name) => {
                touch(name);
                yes_if(
                    facts
                        .get(name)
                        .is_some_and(|known| known.value != Value::Unknown),
                )
            }
            Self::StatedOpen(name) => {
                touch(name);
                yes_if(facts.is_stated_open(name))
            }
            Self::Capability(id) => {
                touch(id);
                match facts.capabilities.get(id) {
                    Some(Standing::Asserted | Standing::Shown) => Answer::Yes,
                    Some(Standing::Ask) => Answer::CannotTell,
                    None => absent,
                }
            }
            Self::Result(name) => {
                touch(name);
                facts.results.get(name).copied().unwrap_or(Answer::No)
            }
        }
    }

    /// The results of other rules it asks for.
    pub fn asks_results(&self, found: &mut Vec<String>) {
        match self {
            Self::And(all) | Self::Or(all) => all.iter().for_each(|one| one.asks_results(found)),
            Self::Not(one) => one.asks_results(found),
            Self::Result(name) => found.push(name.clone()),
            _ => {}
        }
    }
}

fn yes_if(truth: bool) -> Answer {
    if truth { Answer::Yes } else { Answer::No }
}

fn tokens(text: &str) -> Result<Vec<String>, String> {
    let mut tokens = Vec::new();
    let mut word = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let part = c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | ':' | '/');
        if part {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            tokens.push(std::mem::take(&mut word));
        }
        match c {
            ' ' | '\n' | '\t' => {}
            '(' | ')' | ',' => tokens.push(c.to_string()),
            '<' | '>' => {
                let mut sign = c.to_string();
                if chars.peek() == Some(&'=') {
                    chars.next();
                    sign.push('=');
                }
                tokens.push(sign);
            }
            other => return Err(format!("\"{text}\": `{other}` has no meaning")),
        }
    }
    if !word.is_empty() {
        tokens.push(word);
    }
    Ok(tokens)
}

struct Parser<'a> {
    tokens: &'a [String],
    at: usize,
    names: &'a dyn Names,
    text: &'a str,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&str> {
        self.tokens.get(self.at).map(String::as_str)
    }

    fn next(&mut self) -> Result<String, String> {
        let token = self
            .tokens
            .get(self.at)
            .cloned()
            .ok_or_else(|| format!("\"{}\" ends too early", self.text))?;
        self.at += 1;
        Ok(token)
    }

    fn eat(&mut self, word: &str) -> bool {
        let here = self.peek() == Some(word);
        self.at += usize::from(here);
        here
    }

    fn or(&mut self) -> Result<Expr, String> {
        let mut any = vec![self.and()?];
        while self.eat("or") {
            any.push(self.and()?);
        }
        Ok(if any.len() == 1 {
            any.remove(0)
        } else {
            Expr::Or(any)
        })
    }

    fn and(&mut self) -> Result<Expr, String> {
        let mut all = vec![self.not()?];
        while self.eat("and") {
            all.push(self.not()?);
        }
        Ok(if all.len() == 1 {
            all.remove(0)
        } else {
            Expr::And(all)
        })
    }

    fn not(&mut self) -> Result<Expr, String> {
        if self.eat("not") {
            return Ok(Expr::Not(Box::new(self.not()?)));
        }
        if self.eat("(") {
            let inner = self.or()?;
            if !self.eat(")") {
                return Err(format!("\"{}\": a bracket stays open", self.text));
            }
            return Ok(inner);
        }
        self.atom()
    }

    fn atom(&mut self) -> Result<Expr, String> {
        let name = self.next()?;
        if name == "always" {
            return Ok(Expr::Always);
        }
        if name.starts_with("rule:")
            || name.starts_with("listed:")
            || name.starts_with("licence:")
            || name.starts_with("silent:")
        {
            return Ok(Expr::Result(name));
        }
        if name.starts_with("cap.") {
            if !self.names.capability(&name) {
                return Err(format!("\"{}\": there is no capability {name}", self.text));
            }
            return Ok(Expr::Capability(name));
        }
        if name == "known" || name == "open" {
            let fact = self.next()?;
            self.kind(&fact)?;
            return Ok(if name == "known" {
                Expr::Known(fact)
            } else {
                Expr::StatedOpen(fact)
            });
        }
        let kind = self.kind(&name)?;
        match (kind, self.peek()) {
            (Kind::Number | Kind::Product, Some(sign @ ("<" | "<=" | ">" | ">="))) => {
                let order = match sign {
                    "<" => Order::Less,
                    "<=" => Order::Most,
                    ">" => Order::More,
                    _ => Order::Least,
                };
                self.at += 1;
                let written = self.next()?;
                let limit = thousandths(&written)
                    .ok_or_else(|| format!("\"{}\": `{written}` is no number", self.text))?;
                Ok(Expr::Compare(name, order, limit))
            }
            (Kind::Word | Kind::Place, Some("in")) => {
                self.at += 1;
                if !self.eat("(") {
                    return Err(format!(
                        "\"{}\": a list in brackets follows `in`",
                        self.text
                    ));
                }
                let mut list = Vec::new();
                loop {
                    let one = self.next()?;
                    if kind == Kind::Place && !self.names.place(&one) {
                        return Err(format!("\"{}\": {one} is no place or group", self.text));
                    }
                    list.push(one);
                    if self.eat(")") {
                        return Ok(Expr::In(name, list));
                    }
                    if !self.eat(",") {
                        return Err(format!("\"{}\": a comma is missing", self.text));
                    }
                }
            }
            (Kind::YesNo, _) => Ok(Expr::Truth(name)),
            _ => Err(format!(
                "\"{}\": {name} is a number, word or place and needs a comparison",
                self.text
            )),
        }
    }

    fn kind(&self, name: &str) -> Result<Kind, String> {
        self.names
            .fact(name)
            .ok_or_else(|| format!("\"{}\": there is no fact {name}", self.text))
    }
}

fn thousandths(written: &str) -> Option<i64> {
    let (whole, part) = written.split_once('.').unwrap_or((written, ""));
    if part.len() > 3 {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let part: i64 = format!("{part:0<3}").parse().ok()?;
    whole.checked_mul(1000)?.checked_add(part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::Whose;
    use proptest::prelude::*;

    struct All;
    impl Names for All {
        fn fact(&self, name: &str) -> Option<Kind> {
            match name {
                "a" | "b" | "c" => Some(Kind::YesNo),
                "hz" => Some(Kind::Number),
                "user" => Some(Kind::Word),
                "to" => Some(Kind::Place),
                _ => None,
            }
        }
        fn capability(&self, id: &str) -> bool {
            id == "cap.x"
        }
        fn place(&self, code: &str) -> bool {
            Place::parse(code).is_some()
        }
    }
    impl Groups for All {
        fn within(&self, place: &Place, code: &str) -> bool {
            Place::parse(code).is_some_and(|outer| place.is_within(&outer))
        }
    }

    fn eval(text: &str, facts: &Facts) -> Answer {
        Expr::parse(text, &All)
            .unwrap()
            .eval(facts, &All, &mut Vec::new())
    }

    #[test]
    fn a_missing_fact_cannot_be_told_and_one_no_decides() {
        let mut facts = Facts::default();
        facts.say("a", Value::Truth(true), Whose::Stated, "");
        facts.say("b", Value::Truth(false), Whose::Stated, "");
        assert_eq!(eval("a and c", &facts), Answer::CannotTell);
        assert_eq!(eval("b and c", &facts), Answer::No);
        assert_eq!(eval("a or c", &facts), Answer::Yes);
        assert_eq!(eval("not c", &facts), Answer::CannotTell);
        assert_eq!(eval("hz <= 9", &facts), Answer::CannotTell);
        facts.say("hz", Value::Number(9_000), Whose::Stated, "");
        assert_eq!(eval("hz <= 9 and not b", &facts), Answer::Yes);
    }

    #[test]
    fn a_region_lies_in_its_country_and_not_the_other_way() {
        let mut facts = Facts::default();
        facts.say(
            "to",
            Value::Place(Place::parse("cn").unwrap()),
            Whose::Stated,
            "",
        );
        assert_eq!(eval("to in (cn)", &facts), Answer::Yes);
        assert_eq!(eval("to in (cn-xj)", &facts), Answer::No);
    }

    #[test]
    fn what_is_misspelt_is_refused_with_the_predicate() {
        for text in [
            "d",
            "cap.y",
            "hz",
            "to in (zz)",
            "a and",
            "(a",
            "a b",
            "a = b",
            "hz <= x",
        ] {
            let error = Expr::parse(text, &All).unwrap_err();
            assert!(error.contains(text), "{error}");
        }
    }

    proptest! {
        /// Learning a fact never turns a Yes into a No, nor a No into a Yes.
        #[test]
        fn a_fact_more_only_settles_what_was_open(
            shape in "(not )?[abc]( (and|or) (not )?[abc]){0,4}",
            known in prop::collection::vec(prop::option::of(any::<bool>()), 3),
            more in any::<bool>(),
        ) {
            let names = ["a", "b", "c"];
            let mut before = Facts::default();
            for (name, value) in names.iter().zip(&known) {
                if let Some(value) = value {
                    before.say(name, Value::Truth(*value), Whose::Stated, "");
                }
            }
            let mut after = before.clone();
            if let Some(index) = known.iter().position(Option::is_none) {
                after.say(names[index], Value::Truth(more), Whose::Stated, "");
            }
            let (first, second) = (eval(&shape, &before), eval(&shape, &after));
            prop_assert!(first == Answer::CannotTell || first == second);
        }
    }
}
