//! The tables of annals as SeaORM entities.
