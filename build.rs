//! Embeds every `locales/<language>/*.ftl`, so that a new cog only adds its file of texts.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=locales");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let mut list = String::from("&[\n");
    for language in sorted(&root.join("locales"))? {
        for file in sorted(&language)? {
            if file.extension().is_some_and(|extension| extension == "ftl") {
                writeln!(
                    list,
                    "    ({:?}, {:?}, include_str!({:?})),",
                    name(&language),
                    name(&file),
                    file.display().to_string()
                )
                .expect("writing to a string");
            }
        }
    }
    list.push(']');
    fs::write(out.join("locales.rs"), list)
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
