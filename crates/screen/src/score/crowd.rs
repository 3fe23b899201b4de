//! How near a query comes to listed names by chance.
//!
//! Rarity is counted word by word, as if the words of a name had nothing to do with each
//! other. They have: lists hold thousands of names that are put together of the same few
//! parts, and whoever bears a name of such parts comes near to one of them sooner or later.
//! Bearers of other names do not. At one threshold for all, the first are alerted on a
//! hundred times as often as the last, and who they are follows from whom the lists name
//! most.
//!
//! What tells them apart is the query's own crowd: how well the tenth-best listed name
//! agrees, which is nobody's record of anybody. Where that many come near, one more that
//! does says less, and its weight is lowered; where hardly any does, it is raised. Within
//! bounds the lead over the crowd is what counts. Recognisers of voices and faces call this
//! test normalisation (Auckenthaler, Carey and Lloyd-Thomas, "Score Normalization for
//! Text-Independent Speaker Verification Systems", Digital Signal Processing 10, 2000). It
//! needs no notion of anybody's origin, only the list.
//!
//! The tenth name: one party often stands on several lists, and a name that comes again in
//! the same words counts once. Of ten and not of two, because one party has several names: a
//! crowd of one's own is none. And bounds, because the tenth of a large group of
//! companies is near to whoever asks for the group.
//!
//! Rejected: a threshold by kind of name (somebody would have to say which kind a name is
//! of); a look at every listed name's own crowd when the index is built (seconds for what
//! is known at the query for nothing).

use super::NOTHING;
use super::features::Mode;

/// Which of the listed names, by weight, stands for the crowd.
const PLACE: usize = 10;

/// From so many listed parties on, a name that hardly any comes near is one that chance
/// does not meet. On a shorter list, nothing follows from it.
const TELLING: usize = 1_000;

/// Where the weight of the crowd counts, in thousandths of a logit, and how much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Curve {
    /// A crowd below counts as this.
    pub least: i32,
    /// A crowd that moves nothing.
    pub even: i32,
    /// A crowd above counts as this.
    pub most: i32,
    /// How much of what the crowd is above or below `even` is taken off or given, in 1/256.
    pub share: i32,
}

impl Curve {
    /// What a weight of a name changes by.
    pub fn shift(&self, crowd: Crowd) -> i32 {
        let moved =
            |crowd: i32| (self.even - crowd.clamp(self.least, self.most)) * self.share / 256;
        crowd.0.map_or(0, moved)
    }
}

/// The weight of a query's tenth-best listed name; none where lists are too short to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crowd(Option<i32>);

impl Crowd {
    /// From the weights of the names that come nearest; their order is lost.
    pub fn of(weights: &mut [i32]) -> Self {
        if weights.len() < PLACE {
            return Self(Some(NOTHING));
        }
        let (_, tenth, _) = weights.select_nth_unstable_by(PLACE - 1, |a, b| b.cmp(a));
        Self(Some(*tenth))
    }

    /// Of lists with so many parties; `None` where it has to be looked for.
    pub(crate) fn of_short(parties: usize) -> Option<Self> {
        (parties < TELLING).then_some(Self(None))
    }

    /// Its weight; where there is none, as small as any.
    pub fn weight(self) -> i32 {
        self.0.unwrap_or(NOTHING)
    }

    /// What the weight of a name changes by.
    pub(crate) fn shift(self, mode: Mode) -> i32 {
        super::weights::CROWD[mode as usize].shift(self)
    }
}

/// The most that a weight is raised by.
pub(crate) fn most_raised() -> i32 {
    let all = super::weights::CROWD.iter();
    all.map(|curve| curve.shift(Crowd(Some(NOTHING))))
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crowd_lowers_and_its_absence_raises_within_bounds() {
        let curve = Curve {
            least: -8_000,
            even: -6_000,
            most: -4_000,
            share: 256,
        };
        let of = |crowd| curve.shift(Crowd(Some(crowd)));
        assert_eq!(of(-6_000), 0);
        assert_eq!(of(-5_000), -1_000);
        assert_eq!(of(-7_000), 1_000);
        assert_eq!((of(NOTHING), of(-NOTHING)), (2_000, -2_000));
        assert_eq!(curve.shift(Crowd(None)), 0);
        for curve in super::super::weights::CROWD {
            assert!(curve.least <= curve.even && curve.even <= curve.most && curve.share >= 0);
        }
    }

    #[test]
    fn fewer_than_ten_are_no_crowd() {
        let mut nine: Vec<i32> = (0..9).collect();
        assert_eq!(Crowd::of(&mut nine), Crowd(Some(NOTHING)));
        let mut twelve: Vec<i32> = (0..12).collect();
        assert_eq!(Crowd::of(&mut twelve), Crowd(Some(2)));
    }
}
