//! Where the crowd of a query counts, found in clean names.
//!
//! A crowd is the weight of the tenth-best listed name; here, of those that a search kept, as
//! near as rows of numbers tell it. Half of the clean names have a smaller one than `even`,
//! which moves nothing. Where three tenths of them have a smaller one and where three in a
//! hundred have a larger one it counts no further: there are too few names to tell how much
//! it should. Within, how much it counts is set by hand, for evenness, and people come first:
//! what they are called is not their doing, so among them the crowd counts half as much again
//! as the weight itself, which is where chance alerts of small and of large crowds come
//! together. Firms choose their names, and a group of companies is a crowd of its own: there
//! it counts for little.
//!
//! The table that is printed shows whether it is enough: alerts by how large the crowd is,
//! in tenths of the invented names. Origins of names have no part in it.

use scruple_screen::fit::{Crowd, Curve, Row};

use super::fit::{Bag, Source};
use super::measure;
use super::newton::Fitted;

/// How much of the crowd is set against a name, of people and of others, in 1/256.
const SHARE: [i32; 2] = [384, 77];

/// How much later firms alert than the fit alone would have it, in thousandths of a logit:
/// three in a hundred of the given clean firms alert where one in two hundred of the people
/// do, and whoever deals with firms is not to be stopped so much more often.
const FIRMS: i32 = 300;

/// Shares of clean names whose crowd is smaller: where it begins to count, where it moves
/// nothing, where it counts no further.
const LEAST: f64 = 0.3;
const EVEN: f64 = 0.5;
const MOST: f64 = 0.97;

fn weight(fitted: &Fitted, row: &Row) -> i32 {
    (fitted.of(row) * 1_000.0) as i32
}

fn of<'a>(fitted: &Fitted, rows: impl Iterator<Item = &'a Row>) -> Crowd {
    let mut names: Vec<(i32, u64)> = rows
        .filter(|row| row.near)
        .map(|row| (weight(fitted, row), row.words))
        .collect();
    names.sort_unstable();
    names.dedup();
    let mut weights: Vec<i32> = names.into_iter().map(|(weight, _)| weight).collect();
    Crowd::of(&mut weights)
}

/// The crowd of a name.
fn crowd(fitted: &Fitted, bag: &Bag) -> Crowd {
    of(fitted, bag.near.iter())
}

/// Whether a name is read as a person's: as its best candidate is.
fn mode(fitted: &Fitted, bag: &Bag) -> Option<usize> {
    let best = bag
        .rows
        .iter()
        .max_by(|a, b| fitted.of(a).total_cmp(&fitted.of(b)))?;
    Some(best.mode)
}

/// Clean names that are nobody's parts.
fn plain(bag: &&Bag) -> bool {
    bag.clean && bag.source != Source::Hard
}

/// Where it counts, for people and for others.
pub(super) fn curves<'a>(
    bags: impl Iterator<Item = &'a Bag> + Clone,
    fitted: &Fitted,
) -> [Curve; 2] {
    [0, 1].map(|wanted| {
        let mut crowds: Vec<i32> = bags
            .clone()
            .filter(plain)
            .filter(|bag| mode(fitted, bag) == Some(wanted))
            .map(|bag| crowd(fitted, bag).weight())
            .collect();
        crowds.sort_unstable();
        let at = |share: f64| {
            let place = (crowds.len() as f64 * share) as usize;
            // To tens: nobody reads a thousandth of a logit.
            crowds.get(place).map_or(0, |crowd| crowd / 10 * 10)
        };
        Curve {
            least: at(LEAST),
            even: at(EVEN),
            most: at(MOST),
            share: SHARE[wanted],
        }
    })
}

/// Moves all weights so that weight 0 is where one in a hundred of the given clean names
/// alerts, firms later than people by [`FIRMS`].
pub(super) fn level(bags: &[Bag], fitted: &mut Fitted, curves: &mut [Curve; 2]) {
    shift(fitted, curves, 1, -FIRMS);
    let given = bags
        .iter()
        .filter(|bag| bag.clean && bag.source == Source::Given)
        .map(|bag| top(bag, fitted, curves));
    let by = measure::threshold(given.collect(), 0.01);
    for mode in [0, 1] {
        shift(fitted, curves, mode, -by);
    }
}

fn shift(fitted: &mut Fitted, curves: &mut [Curve; 2], mode: usize, by: i32) {
    fitted.shift(mode, f64::from(by) / 1_000.0);
    curves[mode].least += by;
    curves[mode].even += by;
    curves[mode].most += by;
}

/// The weight of the best candidate of a name, the crowd set against it.
pub(super) fn top(bag: &Bag, fitted: &Fitted, curves: &[Curve; 2]) -> i32 {
    let crowd = crowd(fitted, bag);
    let of = |row: &Row| weight(fitted, row) + curves[row.mode].shift(crowd);
    bag.rows.iter().map(of).max().unwrap_or(i32::MIN)
}

/// Weighs the candidates of a query anew.
pub(super) fn weigh(rows: &mut [Row], fitted: &Fitted, curves: &[Curve; 2]) {
    let crowd = of(fitted, rows.iter());
    for row in rows {
        row.weight = weight(fitted, row) + curves[row.mode].shift(crowd);
    }
}

/// Prints how often clean names alert, by their crowd, with the crowd and without.
pub(super) fn print(bags: &[Bag], fitted: &Fitted, curves: &[Curve; 2]) {
    println!("\nclean names that alert, in tenths of them from the smallest crowd to the largest");
    let none = curves.map(|curve| Curve { share: 0, ..curve });
    for (wanted, label) in ["people", "others"].into_iter().enumerate() {
        let mut of: Vec<(i32, &Bag)> = bags
            .iter()
            .filter(plain)
            .filter(|bag| mode(fitted, bag) == Some(wanted))
            .map(|bag| (crowd(fitted, bag).weight(), bag))
            .collect();
        of.sort_by_key(|(crowd, _)| *crowd);
        for (what, curves) in [("without", &none), ("with", curves)] {
            let mut tops: Vec<i32> = of.iter().map(|(_, bag)| top(bag, fitted, curves)).collect();
            let each: Vec<i32> = tops.clone();
            tops.sort_unstable_by(|a, b| b.cmp(a));
            let threshold = tops.get(tops.len() / 100).copied().unwrap_or(0);
            let shares: Vec<String> = each
                .chunks(each.len().div_ceil(10).max(1))
                .map(|tenth| {
                    let alerts = tenth.iter().filter(|top| **top > threshold).count();
                    format!("{:>5.2}%", alerts as f64 * 100.0 / tenth.len() as f64)
                })
                .collect();
            println!("{label:<7} {what:<8} {}", shares.join(" "));
        }
    }
}
