//! What an attacker sends, by kind: each case is refused in clear words, and the next one who asks is answered as ever.
//!
//! A kind is a file with a table of cases. `case` says what a case is, `withstand` puts cases to a server, `wire` is how
//! they get there, and `verdict` is what every response has to be.

mod allowed;
mod bodies;
mod case;
mod connections;
mod depth;
mod errors;
mod floods;
mod fragments;
mod heads;
mod ids;
mod introspection;
mod log;
mod memory;
mod methods;
mod multiplication;
mod multiply;
mod numbers;
mod overload;
mod packed;
mod texts;
mod variables;
mod verdict;
mod wire;
mod withstand;
