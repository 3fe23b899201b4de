//! FollowTheMoney in and out.
