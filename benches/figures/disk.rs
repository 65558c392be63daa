//! What the disk itself takes: the measure of everything that promises durability.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::table::Times;

/// The size of a page of the database's log, in bytes.
const PAGE: usize = 4096;

/// Appends a page and fsyncs it, `count` times.
pub fn fsync(folder: &Path, count: usize) -> Result<Times> {
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .open(folder.join("fsync"))?;
    let page = [7_u8; PAGE];
    let mut times = Vec::with_capacity(count);
    for _ in 0..count {
        let began = Instant::now();
        file.write_all(&page)?;
        file.sync_all()?;
        times.push(began.elapsed());
    }
    std::fs::remove_file(folder.join("fsync"))?;
    Ok(Times::new(times))
}

/// Copies the files of a folder into another and fsyncs each: what `cp` and `sync` would take.
pub fn copy(from: &Path, to: &Path) -> Result<(Duration, u64)> {
    let began = Instant::now();
    std::fs::create_dir_all(to)?;
    let mut bytes = 0;
    let mut buffer = vec![0; 1 << 20];
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let mut source = File::open(entry.path())?;
        let mut target = File::create(to.join(entry.file_name()))?;
        loop {
            let read = source.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            target.write_all(&buffer[..read])?;
            bytes += read as u64;
        }
        target.sync_all()?;
    }
    File::open(to)?.sync_all()?;
    Ok((began.elapsed(), bytes))
}
