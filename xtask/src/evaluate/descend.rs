//! Logistic regression by accelerated gradient steps, kept within bounds.

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
    pub(super) fn from(weights: [[i32; FEATURES]; 2]) -> Self {
        Self {
            weights: weights.map(|row| row.map(|value| f64::from(value) / 1_000.0)),
        }
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

    /// Moves where every comparison starts.
    pub(super) fn shift(&mut self, by: f64) {
        for row in &mut self.weights {
            row[0] += by;
        }
    }
}

/// Most that a country may move, in logits: the cases give more countries, and more
/// often right ones, than users do.
const COUNTRY: f64 = 0.6;

/// A coefficient held to what it may be. Its sign follows from what it means. Some
/// have next to no examples in the cases, and principle says what they are at least:
/// another number is another unit, a person is no firm.
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
        ("AgainstPatronymic", _) => value.min(-1.0),
        ("WeakName", _) => -0.5,
        // A name that is the same in every letter stands above one that only sounds so.
        ("Whole", _) => value.max(0.4),
        (_, 1) => value.max(0.0),
        (_, -1) => value.min(0.0),
        _ => value,
    }
}

/// Penalty on coefficients of numbers brought to one spread.
const PENALTY: f64 = 1e-4;
const STEPS: usize = 500;

/// Fits from where `fitted` is; gives the loss.
pub(super) fn descend(fitted: &mut Fitted, examples: &[Example]) -> f64 {
    let total: f64 = examples.iter().map(|example| example.weight).sum();
    // Numbers differ in size; each is brought to a spread of one.
    let mut scale = [1.0_f64; FEATURES];
    for (no, scale) in scale.iter_mut().enumerate() {
        let square: f64 = examples
            .iter()
            .map(|e| e.weight * e.values[no] * e.values[no])
            .sum::<f64>()
            / total;
        *scale = square.sqrt().max(0.02);
    }
    let mut now = fitted.weights;
    let mut ahead = now;
    let mut momentum = 1.0_f64;
    let mut loss = f64::INFINITY;
    for _ in 0..STEPS {
        let (found, slope) = slope(&ahead, examples, total, &scale);
        let mut next = ahead;
        for mode in 0..2 {
            for no in 0..FEATURES {
                // A step in the scaled numbers; curvature is at most a quarter of their
                // squared length, and they are about as many as the features.
                let step = 4.0 / (FEATURES as f64 * 0.5) / (scale[no] * scale[no]);
                next[mode][no] = bound(no, ahead[mode][no] - step * slope[mode][no]);
            }
        }
        if found > loss {
            // Overshot: begin the acceleration anew.
            momentum = 1.0;
        }
        loss = found;
        let later = (1.0 + (1.0 + 4.0 * momentum * momentum).sqrt()) / 2.0;
        for mode in 0..2 {
            for no in 0..FEATURES {
                ahead[mode][no] =
                    next[mode][no] + (momentum - 1.0) / later * (next[mode][no] - now[mode][no]);
            }
        }
        now = next;
        momentum = later;
    }
    fitted.weights = now;
    loss
}

fn slope(
    weights: &[[f64; FEATURES]; 2],
    examples: &[Example],
    total: f64,
    scale: &[f64; FEATURES],
) -> (f64, [[f64; FEATURES]; 2]) {
    let mut out = [[0.0; FEATURES]; 2];
    let mut loss = 0.0;
    for example in examples {
        let weights = &weights[example.mode];
        let sum: f64 = example
            .values
            .iter()
            .zip(weights)
            .map(|(value, weight)| value * weight)
            .sum();
        let margin = if example.right { sum } else { -sum };
        let wrong = 1.0 / (1.0 + margin.exp());
        loss += example.weight * (1.0 + (-margin).exp()).ln().min(1e3);
        let push = if example.right { -wrong } else { wrong } * example.weight / total;
        for (slope, value) in out[example.mode].iter_mut().zip(example.values) {
            *slope += push * value;
        }
    }
    loss /= total;
    for (row, weights) in out.iter_mut().zip(weights) {
        // Where a comparison starts is not held down.
        for no in 1..FEATURES {
            let scaled = weights[no] * scale[no];
            loss += PENALTY * scaled * scaled;
            row[no] += 2.0 * PENALTY * scaled * scale[no];
        }
    }
    (loss, out)
}
