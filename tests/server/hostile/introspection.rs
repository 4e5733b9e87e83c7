//! Questions about the schema that grow with each level, as its types lead to fields and fields to types.

use super::{
    case::{Expected::Answered, TOO_LARGE, case, document, each, nested},
    withstand::withstand,
};

#[test]
fn questions_about_the_schema() {
    let chain = |field: &str, times| nested(times, &format!("{field} {{ "), "name", " }");
    let of_type = chain("ofType", 7);
    withstand(
        &[],
        &[
            case(
                "what tools ask",
                document(include_str!("introspection.graphql")),
                Answered,
            ),
            case(
                "fields in fields, three times",
                document(&format!(
                    "{{ __schema {{ types {{ {} }} }} }}",
                    nested(3, "fields { type { ", "name", " } }")
                )),
                TOO_LARGE,
            ),
            case(
                "fields in fields, nine times",
                document(&format!(
                    "{{ __schema {{ types {{ {} }} }} }}",
                    nested(9, "fields { type { ", "name", " } }")
                )),
                TOO_LARGE,
            ),
            case(
                "fields in fields, through a fragment",
                document(
                    "{ __schema { types { ...a } } } fragment a on __Type { fields { type { ...b } } } fragment b on __Type { fields { type { fields { type { fields { name } } } } } }",
                ),
                TOO_LARGE,
            ),
            case(
                "input fields in input fields",
                document(&format!(
                    "{{ __schema {{ types {{ {} }} }} }}",
                    nested(9, "inputFields { type { ", "name", " } }")
                )),
                TOO_LARGE,
            ),
            case(
                "possible types and their interfaces",
                document(&format!(
                    "{{ __schema {{ types {{ {} }} }} }}",
                    nested(9, "possibleTypes { interfaces { ", "name", " } }")
                )),
                TOO_LARGE,
            ),
            case(
                "a chain of ofType",
                document(&format!(
                    "{{ __schema {{ types {{ {} }} }} }}",
                    chain("ofType", 150)
                )),
                TOO_LARGE,
            ),
            case(
                "aliases of __schema",
                document(&format!(
                    "{{ {} }}",
                    each(60, |n| format!("s{n}: __schema {{ types {{ name }} }} "))
                )),
                TOO_LARGE,
            ),
            case(
                "aliases of __type",
                document(&format!(
                    "{{ {} }}",
                    each(300, |n| format!(
                        "s{n}: __type(name: \"Query\") {{ name }} "
                    ))
                )),
                TOO_LARGE,
            ),
            case(
                "aliases in types",
                document(&format!(
                    "{{ __schema {{ types {{ {} }} }} }}",
                    each(60, |n| format!("f{n}: fields {{ type {{ {of_type} }} }} "))
                )),
                TOO_LARGE,
            ),
            case(
                "aliases below aliases",
                document(&format!(
                    "{{ {} }}",
                    each(40, |n| format!(
                        "s{n}: __schema {{ {} }} ",
                        each(40, |m| format!("t{m}: types {{ name }} "))
                    ))
                )),
                TOO_LARGE,
            ),
            case(
                "fragments that double",
                document(&format!(
                    "{{ __schema {{ types {{ ...f0 }} }} }} {} fragment f20 on __Type {{ name }}",
                    each(20, |n| format!(
                        "fragment f{n} on __Type {{ a{n}: ofType {{ ...f{} }} b{n}: ofType {{ ...f{} }} }} ",
                        n + 1,
                        n + 1
                    ))
                )),
                TOO_LARGE,
            ),
        ],
    );
}
