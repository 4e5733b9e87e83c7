//! Fragments that multiply, go round in circles, or lead nowhere.

use super::{
    case::{NOT_VALID, TOO_LARGE, case, document, each},
    withstand::withstand,
};

#[test]
fn fragments() {
    let doubling = |levels| {
        each(levels, |n| {
            format!(
                "fragment f{n} on Division {{ ...f{} ...f{} }} ",
                n + 1,
                n + 1
            )
        })
    };
    let circle = |count: usize| {
        each(count, |n| {
            format!("fragment f{n} on Query {{ ...f{} }} ", (n + 1) % count)
        })
    };
    let chain = each(500, |n| {
        format!("fragment f{n} on Query {{ ...f{} }} ", n + 1)
    });
    let spread = "...a ".repeat(110);
    withstand(
        &[],
        &[
            case(
                "30 that double",
                document(&format!(
                    "{{ divisions {{ nodes {{ ...f0 }} }} }} {} fragment f30 on Division {{ code }}",
                    doubling(30)
                )),
                TOO_LARGE,
            ),
            case(
                "300 that double",
                document(&format!(
                    "{{ divisions {{ nodes {{ ...f0 }} }} }} {} fragment f300 on Division {{ code }}",
                    doubling(300)
                )),
                TOO_LARGE,
            ),
            case(
                "doubling under other keys",
                document(&format!(
                    "{{ divisions {{ nodes {{ ...f0 }} }} }} {} fragment f8 on Division {{ code }}",
                    each(8, |n| format!(
                        "fragment f{n} on Division {{ a: agency {{ divisions {{ nodes {{ ...f{} }} }} }} b: agency {{ divisions {{ nodes {{ ...f{} }} }} }} }} ",
                        n + 1,
                        n + 1
                    ))
                )),
                TOO_LARGE,
            ),
            case(
                "100 fields, 110 times",
                document(&format!(
                    "{{ divisions {{ nodes {{ {spread} }} }} }} fragment a on Division {{ {} }}",
                    "code ".repeat(100)
                )),
                TOO_LARGE,
            ),
            case(
                "a cycle of itself",
                document(&format!("{{ ...f0 }} {}", circle(1))),
                NOT_VALID,
            ),
            case(
                "a cycle of two",
                document(&format!("{{ ...f0 }} {}", circle(2))),
                NOT_VALID,
            ),
            case(
                "a cycle of 60",
                document(&format!("{{ ...f0 }} {}", circle(60))),
                NOT_VALID,
            ),
            case(
                "a cycle of 600",
                document(&format!("{{ ...f0 }} {}", circle(600))),
                TOO_LARGE,
            ),
            case(
                "a cycle that nobody spreads",
                document(&format!("{{ __typename }} {}", circle(3))),
                NOT_VALID,
            ),
            case(
                "a cycle under fields",
                document(
                    "{ agencies { nodes { ...a } } } fragment a on Agency { divisions { nodes { agency { ...a } } } }",
                ),
                NOT_VALID,
            ),
            case(
                "a chain of 500",
                document(&format!(
                    "{{ ...f0 }} {chain} fragment f500 on Query {{ __typename }}"
                )),
                TOO_LARGE,
            ),
            case(
                "500 that nobody spreads",
                document(&format!(
                    "{{ __typename }} {}",
                    each(500, |n| format!("fragment f{n} on Query {{ __typename }} "))
                )),
                NOT_VALID,
            ),
            case(
                "one defined 400 times",
                document(&format!(
                    "{{ ...f }} {}",
                    "fragment f on Query { __typename } ".repeat(400)
                )),
                NOT_VALID,
            ),
            case(
                "1,000 unknown ones spread",
                document(&format!("{{ {} }}", each(1_000, |n| format!("...f{n} ")))),
                NOT_VALID,
            ),
        ],
    );
}
