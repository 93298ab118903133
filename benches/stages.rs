//! Benches by stage.

fn main() {
    divan::main();
}
