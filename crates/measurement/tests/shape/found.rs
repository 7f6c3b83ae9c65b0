//! Programs that were called by a wrong word while the rules were simpler.

use measurement::shape::{Doubt, Shape};

use crate::simulated::{Request, pieces, waves};

/// Holds and lateness in microseconds.
fn requests(list: &[(u64, u64)]) -> Vec<Request> {
    list.iter().map(|(hold, late)| (1000 * hold, 1000 * late)).collect()
}

/// Each of three parts is as long as the others, so that none is done early,
/// and where two slots are free together, one dealing alone takes a part for
/// far longer than another.
#[test]
fn shares_that_end_together_are_no_queue() {
    let flights = pieces(&requests(&TOGETHER), 3);
    assert_eq!(Shape::of_flights(&flights), Shape::CannotTell(Doubt::Alike));
}

/// Sixteen in a wave, some of which are late, and one after them: that alone
/// was refilled, and all others stood idle.
#[test]
fn a_wave_and_one_more_are_no_shares() {
    let flights = waves(&requests(&ONE_MORE), 16);
    assert_eq!(Shape::of_flights(&flights), Shape::CannotTell(Doubt::Alike));
}

const ONE_MORE: [(u64, u64); 17] = [
    (35455, 26431),
    (1994, 214),
    (118196, 264),
    (37611, 276),
    (31865, 1923),
    (7277, 149),
    (26353, 24),
    (16329, 77),
    (155977, 140),
    (33005, 21132),
    (33338, 299),
    (24376, 261),
    (102264, 236),
    (19427, 240),
    (39474, 177),
    (32611, 299),
    (23515, 155),
];

const TOGETHER: [(u64, u64); 102] = [
    (14395, 165),
    (6576, 97),
    (197943, 127),
    (9077, 86),
    (107211, 29),
    (168446, 105),
    (38961, 200),
    (34571, 203),
    (20680, 277),
    (46333, 260),
    (24129, 48),
    (2775, 267),
    (17816, 160),
    (37487, 12),
    (5156, 138),
    (20351, 178),
    (35780, 234),
    (15092, 149),
    (14845, 177),
    (36729, 56),
    (22007, 183),
    (94520, 13),
    (7245, 186),
    (24403, 287),
    (24234, 67),
    (29168, 135),
    (29312, 194),
    (38831, 19),
    (9059, 261),
    (34047, 83),
    (33066, 220),
    (28299, 144),
    (16304, 55),
    (19797, 265),
    (36752, 123),
    (37142, 103),
    (23906, 10),
    (38693, 251),
    (34814, 180),
    (30158, 153),
    (14424, 124),
    (12268, 82),
    (10881, 129),
    (31284, 252),
    (32923, 298),
    (29035, 221),
    (27902, 178),
    (25895, 208),
    (26532, 233),
    (34655, 162),
    (110256, 160),
    (23190, 298),
    (27476, 66),
    (18611, 165),
    (22669, 130),
    (4183, 90),
    (108012, 198),
    (38660, 191),
    (9597, 63),
    (15362, 110),
    (34544, 159),
    (14005, 229),
    (26480, 270),
    (10563, 55),
    (101203, 251),
    (12883, 190),
    (186386, 225),
    (48125, 117),
    (11464, 241),
    (18642, 210),
    (34714, 48),
    (1300, 56),
    (37546, 88),
    (16745, 75),
    (34419, 114),
    (22314, 170),
    (37450, 172),
    (7647, 178),
    (19909, 254),
    (3379, 163),
    (135630, 34),
    (30375, 183),
    (22969, 270),
    (6591, 167),
    (21494, 62),
    (37689, 271),
    (35553, 109),
    (110744, 182),
    (2748, 288),
    (38961, 83),
    (4529, 299),
    (22410, 147),
    (6908, 79),
    (27985, 20),
    (15194, 225),
    (37336, 33),
    (8755, 218),
    (22915, 260),
    (38031, 68),
    (140280, 189),
    (165409, 145),
    (120023, 125),
];
