//! Vectors of random generators. The product has one, `math::philox::philox4x32_10`: rows of Philox4x32 with 10 rounds
//! ask it for one call (`output_hex`) or for calls at ascending 128-bit counters (`u32_hex_list`). Other generators,
//! other round counts and 53-bit conversions are not built.

use outgrow::math::philox::philox4x32_10;

use super::{Row, Verdicts, family};

#[test]
fn philox_gives_the_published_words() {
    let Some(rows) = family("rng_vectors") else { return };
    let mut verdicts = Verdicts::new("rng_vectors");
    for row in &rows {
        let generator = row.word("generator");
        let ours = generator == "philox4x32" && row.inputs()["rounds"] == 10;
        match row.quantity.as_str() {
            "output_hex" if ours => verdicts.text(row, &words(row, "counter", 4)),
            "u32_hex_list" if ours => {
                let count = row.number("n") as usize;
                verdicts.text(row, &words(row, "counter_of_first_block", count));
            }
            "f64" => verdicts.not_built("conversion of 64 bits to a double"),
            _ if generator == "philox4x32" => verdicts.not_built("philox4x32 of other round counts"),
            _ => verdicts.not_built(&generator),
        }
    }
    verdicts.close();
}

fn words(row: &Row, counter: &str, count: usize) -> String {
    let counter: [u32; 4] = hex(row, counter).try_into().expect("a counter of four words");
    let key: [u32; 2] = hex(row, "key").try_into().expect("a key of two words");
    let first = counter.iter().rev().fold(0u128, |sum, &word| sum << 32 | u128::from(word));
    let calls = (0..).map(|call| first.wrapping_add(call));
    let out = calls.flat_map(|at| philox4x32_10([0, 32, 64, 96].map(|bits| (at >> bits) as u32), key));
    out.take(count).map(|word| format!("{word:08x} ")).collect()
}

fn hex(row: &Row, name: &str) -> Vec<u32> {
    let inputs = row.inputs();
    let list = inputs[name].as_array().expect("a list of words");
    let word = |item: &serde_json::Value| u32::from_str_radix(item.as_str().expect("a word in hex"), 16);
    list.iter().map(|item| word(item).expect("a word in hex")).collect()
}
