//! The product of shares along chains: information, and never an answer.
//!
//! Half of a half is a quarter of the money, and no authority asks for it: what is
//! half owned by a blocked person counts with its whole stake. But readers ask, so
//! the product is given, exact and marked for review. Round a ring of owners it is
//! the solution of linear equations, in fractions of whole numbers: rounding would
//! turn exactly half into a little less.
//!
//! Rejected: repeated multiplication until it settles, which never reaches an
//! equality.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive, Zero};
use rustc_hash::FxHashMap;
use scruple_model::Answer;

use crate::answer::Closed;
use crate::graph::lane;
use crate::stake::{Sums, stakes};
use crate::{Kind, Layer, NodeNo, Remainder, WHOLE};

/// The most owners above an entity that are multiplied out.
const MOST_NODES: usize = 2_000;
/// The most of them in one ring.
const MOST_RING: usize = 60;

/// The beneficial share of listed parties in an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookThrough {
    lower: BigRational,
    upper: BigRational,
    /// A ring that no outside money enters stands above it: there is no one value.
    pub singular: bool,
    /// There was too much above it to multiply out; the bounds are wide.
    pub cut: bool,
}

impl LookThrough {
    /// At least, in parts per million, rounded down.
    pub fn at_least(&self) -> u32 {
        (&self.lower * whole()).floor().to_u32().unwrap_or(0)
    }

    /// At most, in parts per million, rounded up.
    pub fn at_most(&self) -> u32 {
        (&self.upper * whole()).ceil().to_u32().unwrap_or(WHOLE)
    }

    /// How it compares with a number of parts per million: a comparison of numbers,
    /// not an answer under any rule.
    pub fn reaches(&self, ppm: u32) -> Answer {
        let ppm = BigRational::new(BigInt::from(ppm), BigInt::from(WHOLE));
        if self.lower >= ppm {
            Answer::Yes
        } else if self.upper < ppm {
            Answer::No
        } else {
            Answer::CannotTell
        }
    }
}

fn whole() -> BigRational {
    BigRational::from_integer(BigInt::from(WHOLE))
}

fn ratio(ppm: u64) -> BigRational {
    BigRational::new(BigInt::from(ppm), BigInt::from(WHOLE))
}

/// One unknown: a constant, and what it takes of others.
#[derive(Clone, Default)]
struct Equation {
    constant: u64,
    of: Vec<(usize, u64)>,
}

impl<B: AsRef<[u8]>> Closed<'_, B> {
    /// The product of shares along every chain from listed parties to an entity.
    pub fn look_through(&self, node: NodeNo) -> LookThrough {
        let (lower, upper, cut) = self.equations(node.0);
        let (low, low_singular) = solve(&lower, false);
        let (high, high_singular) = solve(&upper, true);
        let clamp = |value: BigRational| value.clamp(BigRational::zero(), BigRational::one());
        LookThrough {
            lower: clamp(low),
            upper: clamp(high),
            singular: low_singular || high_singular,
            cut,
        }
    }

    /// Equations of the lower and the upper ends; the entity is the first unknown.
    fn equations(&self, entity: u32) -> (Vec<Equation>, Vec<Equation>, bool) {
        let scales = self.closer.scales;
        let mut nodes = vec![entity];
        let mut place: FxHashMap<u32, usize> = FxHashMap::from_iter([(entity, 0)]);
        let (mut lower, mut upper) = (Vec::new(), Vec::new());
        let mut cut = false;
        let all = u64::from(WHOLE);
        let known = |constant| Equation {
            constant,
            of: Vec::new(),
        };
        let mut at = 0;
        while at < nodes.len() {
            let node = nodes[at];
            at += 1;
            let no = NodeNo(node);
            let fixed = if self.closure.seeds.binary_search(&node).is_ok() {
                Some((all, all))
            } else {
                match self.graph.kind(no) {
                    Kind::Person => Some((0, 0)),
                    Kind::Anonymous => Some((0, all)),
                    Kind::Entity if at > MOST_NODES => {
                        cut = true;
                        Some((0, all))
                    }
                    Kind::Entity => None,
                }
            };
            if let Some((low, high)) = fixed {
                lower.push(known(low));
                upper.push(known(high));
                continue;
            }
            let of = lane(Layer::Shares, false);
            let sums = Sums::of(self.graph, node, of, scales.day, |_| true);
            let lo_sum: u64 = sums.lo + sums.own_lo;
            let complete = matches!(self.graph.remainder(no), Remainder::None | Remainder::Clear);
            if !sums.any || lo_sum > all {
                // Nothing reported, or more than the whole: no product follows.
                let none = complete && sums.any || self.graph.remainder(no) == Remainder::Clear;
                lower.push(known(0));
                upper.push(known(if none && lo_sum <= all { 0 } else { all }));
                continue;
            }
            let by_hi = complete && sums.all_hi <= all;
            let (mut low, mut high) = (Equation::default(), Equation::default());
            high.constant = if by_hi { 0 } else { all - lo_sum };
            stakes(self.graph, node, of, scales.day, |stake| {
                let count = nodes.len();
                let owner = *place.entry(stake.owner).or_insert(count);
                if owner == count {
                    nodes.push(stake.owner);
                }
                low.of.push((owner, u64::from(stake.lo)));
                let most = if by_hi { stake.hi } else { stake.lo };
                high.of.push((owner, u64::from(most)));
            });
            lower.push(low);
            upper.push(high);
        }
        (lower, upper, cut)
    }
}

/// The first unknown. Rings are solved together, the rest one after another.
fn solve(equations: &[Equation], up: bool) -> (BigRational, bool) {
    let mut values: Vec<Option<BigRational>> = vec![None; equations.len()];
    let mut singular = false;
    for ring in rings(equations) {
        match solve_ring(equations, &ring, &values) {
            Some(solved) => {
                for (at, value) in ring.iter().zip(solved) {
                    values[*at] = Some(value);
                }
            }
            None => {
                singular = true;
                for at in ring {
                    values[at] = Some(if up {
                        BigRational::one()
                    } else {
                        BigRational::zero()
                    });
                }
            }
        }
    }
    let first = values.into_iter().next().flatten();
    (first.unwrap_or_else(BigRational::zero), singular)
}

/// Solves the equations of one ring; `None` where they have no one solution, or are
/// too many.
fn solve_ring(
    equations: &[Equation],
    ring: &[usize],
    values: &[Option<BigRational>],
) -> Option<Vec<BigRational>> {
    if ring.len() > MOST_RING {
        return None;
    }
    let size = ring.len();
    let place: BTreeMap<usize, usize> = ring.iter().enumerate().map(|(at, no)| (*no, at)).collect();
    let mut rows: Vec<Vec<BigRational>> = Vec::with_capacity(size);
    for (at, no) in ring.iter().enumerate() {
        let mut row = vec![BigRational::zero(); size + 1];
        row[at] = BigRational::one();
        row[size] = ratio(equations[*no].constant);
        for (of, ppm) in &equations[*no].of {
            match place.get(of) {
                Some(column) => row[*column] -= ratio(*ppm),
                None => {
                    if let Some(value) = &values[*of] {
                        row[size] += ratio(*ppm) * value;
                    }
                }
            }
        }
        rows.push(row);
    }
    for column in 0..size {
        let pivot = (column..size).find(|row| !rows[*row][column].is_zero())?;
        rows.swap(column, pivot);
        let head = rows[column].clone();
        for (no, row) in rows.iter_mut().enumerate() {
            if no == column || row[column].is_zero() {
                continue;
            }
            let factor = &row[column] / &head[column];
            for (cell, above) in row.iter_mut().zip(&head).skip(column) {
                *cell -= &factor * above;
            }
        }
    }
    Some(
        rows.into_iter()
            .enumerate()
            .map(|(at, row)| &row[size] / &row[at])
            .collect(),
    )
}

/// Rings of unknowns that depend on each other, those that others need first
/// (Tarjan, without recursion).
fn rings(equations: &[Equation]) -> Vec<Vec<usize>> {
    let count = equations.len();
    let (mut index, mut low) = (vec![usize::MAX; count], vec![0usize; count]);
    let mut on_stack = vec![false; count];
    let (mut stack, mut found, mut next) = (Vec::new(), Vec::new(), 0usize);
    for start in 0..count {
        if index[start] != usize::MAX {
            continue;
        }
        let mut calls = vec![(start, 0usize)];
        while let Some((node, edge)) = calls.pop() {
            if edge == 0 {
                index[node] = next;
                low[node] = next;
                next += 1;
                stack.push(node);
                on_stack[node] = true;
            }
            match equations[node].of.get(edge) {
                Some((to, _)) => {
                    calls.push((node, edge + 1));
                    if index[*to] == usize::MAX {
                        calls.push((*to, 0));
                    } else if on_stack[*to] {
                        low[node] = low[node].min(index[*to]);
                    }
                }
                None => {
                    if low[node] == index[node] {
                        let at = stack.iter().rposition(|no| *no == node).unwrap_or(0);
                        let ring = stack.split_off(at);
                        for no in &ring {
                            on_stack[*no] = false;
                        }
                        found.push(ring);
                    }
                    if let Some((parent, _)) = calls.last() {
                        low[*parent] = low[*parent].min(low[node]);
                    }
                }
            }
        }
    }
    found
}
