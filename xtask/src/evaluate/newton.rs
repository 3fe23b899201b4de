//! Logistic regression by Newton's method, kept within bounds.
//!
//! The loss is convex and has few coefficients, so the curvature is cheap and a dozen steps
//! end where hundreds of gradient steps have not. A coefficient that stands at its bound
//! and is pushed against it is left out of a step (projected Newton); the step is halved
//! until the loss falls.

use scruple_screen::fit::{self, FEATURES, Row};

/// One comparison with its answer.
pub(super) struct Example {
    pub(super) mode: usize,
    pub(super) values: [f64; FEATURES],
    pub(super) right: bool,
    pub(super) weight: f64,
}

/// Coefficients, in logits.
#[derive(Clone)]
pub(super) struct Fitted {
    pub(super) weights: [[f64; FEATURES]; 2],
}

impl Fitted {
    /// None speaks for or against anything.
    pub(super) fn new() -> Self {
        let mut weights = [[0.0; FEATURES]; 2];
        for row in &mut weights {
            for (no, value) in row.iter_mut().enumerate() {
                *value = bound(no, *value);
            }
        }
        Self { weights }
    }

    /// The weight of a comparison.
    pub(super) fn of(&self, row: &Row) -> f64 {
        let weights = &self.weights[row.mode];
        row.values
            .iter()
            .zip(weights)
            .map(|(value, weight)| f64::from(*value) / 256.0 * weight)
            .sum()
    }

    /// Moves where every comparison of one kind of names starts.
    pub(super) fn shift(&mut self, mode: usize, by: f64) {
        self.weights[mode][0] += by;
    }
}

/// Most that a country may move, in logits: the cases give more countries, and more
/// often right ones, than users do.
const COUNTRY: f64 = 0.6;

/// A coefficient held to what it may be. Its sign follows from what it means. Some
/// have next to no examples in the cases, and principle says what they are at least:
/// another number is another unit, another father another person, a person is no firm,
/// what an army has is not the state's.
pub(super) fn bound(no: usize, value: f64) -> f64 {
    let (name, sign) = fit::table()[no];
    match (name, sign) {
        ("CountrySame" | "CountryDiffer", _) => value.clamp(
            f64::from(sign.min(0)) * COUNTRY,
            f64::from(sign.max(0)) * COUNTRY,
        ),
        ("NumberAgainst", _) => value.min(-2.5),
        ("NumberAsked", _) => value.min(-0.5),
        ("NumberListed", _) => value.min(-0.3),
        ("KindDiffer", _) => value.min(-1.0),
        ("AgainstPatronymic", _) => value.min(-3.0),
        ("ForceLeft", _) => value.min(-1.5),
        ("PlaceAgainst", _) => value.min(-0.3),
        ("DistinctAgainst", _) => value.min(-0.5),
        ("WeakName", _) => -0.5,
        // A name that is the same in every letter stands above one that only sounds so, and
        // alerts however many bear it.
        ("Whole", _) => value.max(1.8),
        (_, 1) => value.max(0.0),
        (_, -1) => value.min(0.0),
        _ => value,
    }
}

/// Penalty on the squares of coefficients of numbers brought to one spread.
const PENALTY: f64 = 1e-4;
const STEPS: usize = 40;
/// A step that gains less is the last.
const ENOUGH: f64 = 1e-8;

type Vector = [f64; FEATURES];

/// The comparisons of one mode, with the scale that brings their numbers to one spread.
struct Problem<'e> {
    examples: Vec<&'e Example>,
    total: f64,
    scale: Vector,
}

/// Fits from where `fitted` is; gives the loss.
pub(super) fn fit(fitted: &mut Fitted, examples: &[Example]) -> f64 {
    let total: f64 = examples.iter().map(|example| example.weight).sum();
    let scale = std::array::from_fn(|no| {
        let square: f64 = examples
            .iter()
            .map(|e| e.weight * e.values[no] * e.values[no])
            .sum();
        (square / total).sqrt().max(0.02)
    });
    let mut loss = 0.0;
    for (mode, weights) in fitted.weights.iter_mut().enumerate() {
        let examples = examples.iter().filter(|e| e.mode == mode).collect();
        let problem = Problem {
            examples,
            total,
            scale,
        };
        loss += problem.solve(weights);
    }
    loss
}

impl Problem<'_> {
    fn solve(&self, weights: &mut Vector) -> f64 {
        let mut loss = self.loss(weights);
        for _ in 0..STEPS {
            let (slope, curve) = self.slope(weights);
            let free: Vec<usize> = (0..FEATURES)
                .filter(|no| {
                    // Whether a small step down the slope stays within the bounds.
                    let tried = weights[*no] - slope[*no].signum() * 1e-6;
                    slope[*no] != 0.0 && (bound(*no, tried) - tried).abs() < 1e-9
                })
                .collect();
            let Some(step) = solve(&curve, &slope, &free) else {
                break;
            };
            let mut size = 1.0;
            let found = loop {
                let mut next = *weights;
                for (no, step) in free.iter().zip(&step) {
                    next[*no] = bound(*no, next[*no] - size * step);
                }
                let found = self.loss(&next);
                if found < loss {
                    *weights = next;
                    break Some(found);
                }
                size /= 2.0;
                if size < 1e-4 {
                    break None;
                }
            };
            let Some(found) = found else { break };
            let gained = loss - found;
            loss = found;
            if gained < ENOUGH {
                break;
            }
        }
        loss
    }

    fn margin(example: &Example, weights: &Vector) -> f64 {
        let sum: f64 = example.values.iter().zip(weights).map(|(v, w)| v * w).sum();
        if example.right { sum } else { -sum }
    }

    fn loss(&self, weights: &Vector) -> f64 {
        let of = |e: &&Example| {
            let margin = Self::margin(e, weights);
            e.weight * ((-margin.abs()).exp().ln_1p() + (-margin).max(0.0))
        };
        // Where a comparison starts is not held down.
        let held: f64 = (1..FEATURES)
            .map(|no| (weights[no] * self.scale[no]).powi(2))
            .sum();
        self.examples.iter().map(of).sum::<f64>() / self.total + PENALTY * held
    }

    /// The first and second derivatives.
    fn slope(&self, weights: &Vector) -> (Vector, Vec<Vector>) {
        let mut slope = [0.0; FEATURES];
        let mut curve = vec![[0.0; FEATURES]; FEATURES];
        for example in &self.examples {
            let wrong = 1.0 / (1.0 + Self::margin(example, weights).exp());
            let weight = example.weight / self.total;
            let push = if example.right { -wrong } else { wrong } * weight;
            let bend = wrong * (1.0 - wrong) * weight;
            let held: Vec<usize> = (0..FEATURES)
                .filter(|no| example.values[*no] != 0.0)
                .collect();
            for &a in &held {
                slope[a] += push * example.values[a];
                for &b in &held {
                    curve[a][b] += bend * example.values[a] * example.values[b];
                }
            }
        }
        for no in 0..FEATURES {
            let square = self.scale[no] * self.scale[no];
            if no > 0 {
                slope[no] += 2.0 * PENALTY * weights[no] * square;
                curve[no][no] += 2.0 * PENALTY * square;
            }
            curve[no][no] += 1e-9 * square;
        }
        (slope, curve)
    }
}

/// Solves `curve × step = slope` for the coefficients that are free, by Cholesky; `None`
/// where there is no such step.
fn solve(curve: &[Vector], slope: &Vector, free: &[usize]) -> Option<Vec<f64>> {
    let count = free.len();
    let mut lower = vec![vec![0.0; count]; count];
    for row in 0..count {
        for column in 0..=row {
            let known: f64 = (0..column).map(|k| lower[row][k] * lower[column][k]).sum();
            let left = curve[free[row]][free[column]] - known;
            if row > column {
                lower[row][column] = left / lower[column][column];
            } else if left > 0.0 {
                lower[row][row] = left.sqrt();
            } else {
                return None;
            }
        }
    }
    let mut half = vec![0.0; count];
    for row in 0..count {
        let known: f64 = (0..row).map(|k| lower[row][k] * half[k]).sum();
        half[row] = (slope[free[row]] - known) / lower[row][row];
    }
    let mut out = vec![0.0; count];
    for row in (0..count).rev() {
        let known: f64 = (row + 1..count).map(|k| lower[k][row] * out[k]).sum();
        out[row] = (half[row] - known) / lower[row][row];
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two numbers, one that tells right from wrong and one that has no say.
    #[test]
    fn what_tells_right_from_wrong_is_found_and_signs_are_held() {
        let no = |name| fit::table().iter().position(|(held, _)| *held == name);
        let (tells, held) = (
            no("BitsMore").expect("listed"),
            no("Joined").expect("listed"),
        );
        let examples: Vec<Example> = (0..400)
            .map(|at| {
                let mut values = [0.0; FEATURES];
                let right = at % 2 == 0;
                values[0] = 1.0;
                // One in ten is on the wrong side.
                values[tells] = if right != (at % 20 < 2) { 1.0 } else { 0.0 };
                // Speaks for a match, which it may not.
                values[held] = f64::from(u8::from(right && at % 8 == 0));
                Example {
                    mode: 0,
                    values,
                    right,
                    weight: 1.0,
                }
            })
            .collect();
        let mut fitted = Fitted::new();
        let before = fit(&mut fitted.clone(), &examples);
        let loss = fit(&mut fitted, &examples);
        assert!(loss <= before && loss < 0.4, "{loss}");
        assert!(fitted.weights[0][tells] > 2.0);
        assert_eq!(fitted.weights[0][held], 0.0);
    }
}
