//! Chains of rows that each name at most one row above them: a metric its parent, a part its
//! whole. Rows are places in a list.

/// The places above one place, nearest first, to the top.
///
/// The chain must have no cycle; [`cycles`] tells.
pub(super) fn above(up: &[Option<usize>], place: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(up[place], |place| up[*place])
}

/// Every cycle, once, as the places on it from the lowest on upwards.
pub(super) fn cycles(up: &[Option<usize>]) -> Vec<Vec<usize>> {
    // The walk from which a place was first reached; no walk enters a place twice.
    let mut reached_by: Vec<Option<usize>> = vec![None; up.len()];
    let mut found = Vec::new();
    for start in 0..up.len() {
        let mut place = start;
        while reached_by[place].is_none() {
            reached_by[place] = Some(start);
            match up[place] {
                Some(next) => place = next,
                None => break,
            }
        }
        if reached_by[place] == Some(start) && up[place].is_some() {
            found.push(cycle_through(up, place));
        }
    }
    found
}

/// The cycle that a place is on, from its lowest place on upwards.
fn cycle_through(up: &[Option<usize>], place: usize) -> Vec<usize> {
    let mut cycle = vec![place];
    cycle.extend(above(up, place).take_while(|next| *next != place));
    let lowest = cycle.iter().enumerate().min_by_key(|(_, place)| **place);
    let turn = lowest.map_or(0, |(turn, _)| turn);
    cycle.rotate_left(turn);
    cycle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn above_goes_to_the_top() {
        let up = [None, Some(0), Some(1), None];
        assert_eq!(above(&up, 2).collect::<Vec<_>>(), [1, 0]);
        assert_eq!(above(&up, 3).count(), 0);
    }

    #[test]
    fn cycles_are_found_once_and_tails_into_them_are_not_part() {
        assert!(cycles(&[None, Some(0), Some(1), Some(1)]).is_empty());
        assert_eq!(cycles(&[Some(0)]), [[0]]);
        // 0 → 3 → 2 → 1 → 3, and 4 → 5 → 4.
        let up = [Some(3), Some(3), Some(1), Some(2), Some(5), Some(4)];
        assert_eq!(cycles(&up), [vec![1, 3, 2], vec![4, 5]]);
    }
}
