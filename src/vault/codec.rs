//! The saved files: JSON, one row a line, written and read as a stream. Equal tables make equal bytes.
//!
//! ```text
//! {"format":1,"registers":{
//! "warnings":{"schema":1,"tables":{
//! "warnings":[
//! {"guild":"1","case":1,…},
//! {"guild":"1","case":2,…}
//! ]
//! }}
//! }}
//! ```
//! No time and no journal position stands inside, so that a file whose registers did not change is the same file.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use memchr::memchr;
use serde::{Deserialize, Serialize};

use super::atomic::{self, Hashing};
use super::flow::Flowing;
use super::progress::Progress;
use crate::store::{Reader, Rebuild, Registers, Table};

/// The shape described above.
pub(super) const FORMAT: u32 = 1;
/// After so many rows (some 70 µs), a thread that writes or reads files lets others go first: a kernel that does not preempt
/// would otherwise leave a commit waiting until its next tick, up to 4 ms.
const ROWS_IN_A_GO: u64 = 64;

/// What a saved file is: enough to tell whether a copy is whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// Bytes.
    pub size: u64,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
    /// The number of rows by register and table.
    pub records: BTreeMap<String, BTreeMap<String, u64>>,
}

impl FileRecord {
    /// All rows.
    pub fn rows(&self) -> u64 {
        self.records.values().flat_map(BTreeMap::values).sum()
    }
}

/// Writes all registers that are kept in `file` to the new file at `path`, durably.
pub(super) fn write(
    path: &Path,
    file: &str,
    registers: &Registers,
    reader: &Reader<'_>,
    progress: &Progress,
) -> Result<FileRecord> {
    let target = atomic::create(path).with_context(|| format!("creating {}", path.display()))?;
    let (target, record) = stream(Flowing::new(target), file, registers, reader, progress)
        .with_context(|| format!("writing {}", path.display()))?;
    target
        .finish()
        .with_context(|| format!("making {} durable", path.display()))?;
    Ok(record)
}

/// Streams all registers that are kept in `file` to `target`, which comes back.
pub(super) fn stream<W: Write>(
    target: W,
    file: &str,
    registers: &Registers,
    reader: &Reader<'_>,
    progress: &Progress,
) -> Result<(W, FileRecord)> {
    let mut out = BufWriter::with_capacity(128 * 1024, Hashing::new(target, progress));
    let mut records = BTreeMap::new();
    write!(out, "{{\"format\":{FORMAT},\"registers\":{{")?;
    let mut comma = "";
    for register in registers.iter().filter(|register| register.file() == file) {
        let schema = register.schema().len();
        write!(
            out,
            "{comma}\n\"{}\":{{\"schema\":{schema},\"tables\":{{",
            register.name()
        )?;
        let tables = write_tables(&mut out, &register.tables(), reader)?;
        write!(out, "\n}}}}")?;
        records.insert(register.name().to_owned(), tables);
        comma = ",";
    }
    writeln!(out, "\n}}}}")?;
    let hashing = out.into_inner().map_err(|error| error.into_error())?;
    let (target, size, sha256) = hashing.finish();
    let record = FileRecord {
        size,
        sha256,
        records,
    };
    Ok((target, record))
}

fn write_tables(
    out: &mut impl Write,
    tables: &[Table],
    reader: &Reader<'_>,
) -> Result<BTreeMap<String, u64>> {
    let mut counts = BTreeMap::new();
    let mut comma = "";
    for table in tables {
        write!(out, "{comma}\n\"{}\":[", table.name)?;
        comma = ",";
        let mut rows = 0_u64;
        table.stream(reader, None, &mut |row| {
            out.write_all(if rows == 0 { b"\n" } else { b",\n" })?;
            out.write_all(row)?;
            rows += 1;
            let_others_go(rows);
            Ok(())
        })?;
        write!(out, "\n]")?;
        counts.insert(table.name.to_owned(), rows);
    }
    Ok(counts)
}

fn let_others_go(rows: u64) {
    if rows.is_multiple_of(ROWS_IN_A_GO) {
        std::thread::yield_now();
    }
}

/// Receives what a saved file holds, in its order.
pub(super) trait Visitor {
    /// A table of a register begins.
    fn table(&mut self, register: &str, schema: u32, table: &str) -> Result<()>;
    /// A row of it.
    fn row(&mut self, row: &str) -> Result<()>;
}

/// Only counts: to read a file back.
pub(super) struct Counting;

impl Visitor for Counting {
    fn table(&mut self, _: &str, _: u32, _: &str) -> Result<()> {
        Ok(())
    }

    fn row(&mut self, row: &str) -> Result<()> {
        ensure!(row.ends_with('}'), "a row is cut short");
        Ok(())
    }
}

/// Loads every row into a database that is being rebuilt.
pub(super) struct Loading<'a, 'b> {
    rebuild: &'a Rebuild<'b>,
    registers: &'a Registers,
    table: Option<Table>,
}

impl<'a, 'b> Loading<'a, 'b> {
    pub(super) fn new(rebuild: &'a Rebuild<'b>, registers: &'a Registers) -> Self {
        Loading {
            rebuild,
            registers,
            table: None,
        }
    }
}

impl Visitor for Loading<'_, '_> {
    fn table(&mut self, register: &str, schema: u32, table: &str) -> Result<()> {
        let known = self
            .registers
            .get(register)
            .with_context(|| format!("this program does not have the register {register}"))?;
        ensure!(
            schema as usize <= known.schema().len(),
            "{register} was saved by a newer Greffier (schema {schema}, this one knows {})",
            known.schema().len()
        );
        let found = known.tables().into_iter().find(|known| known.name == table);
        self.table = Some(found.with_context(|| format!("{register} has no table {table}"))?);
        Ok(())
    }

    fn row(&mut self, row: &str) -> Result<()> {
        let table = self.table.as_ref().context("a row outside a table")?;
        self.rebuild.load(table, row)
    }
}

/// Reads a saved file from its first byte to its last; what it really is comes back.
pub(super) fn read(
    path: &Path,
    visitor: &mut dyn Visitor,
    progress: &Progress,
) -> Result<FileRecord> {
    let file = File::open(path).with_context(|| format!("opening {}", path.display()))?;
    read_from(file, visitor, progress).with_context(|| format!("reading {}", path.display()))
}

fn read_from(
    file: impl Read,
    visitor: &mut dyn Visitor,
    progress: &Progress,
) -> Result<FileRecord> {
    let mut lines = Lines {
        input: BufReader::with_capacity(256 * 1024, Hashing::new(file, progress)),
        taken: 0,
        split: Vec::new(),
    };
    let mut records: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
    let format = lines
        .next()?
        .strip_prefix("{\"format\":")
        .and_then(|rest| rest.strip_suffix(",\"registers\":{"))
        .context("this is no saved file of Greffier's")?
        .to_owned();
    ensure!(
        format == FORMAT.to_string(),
        "this file has format {format}, and this program knows {FORMAT}"
    );
    while let Some((register, schema)) = register_head(lines.next()?)? {
        let tables = records.entry(register.clone()).or_default();
        loop {
            let line = lines.next()?;
            if matches!(line, "}}" | "}},") {
                break;
            }
            let table = line
                .strip_prefix('"')
                .and_then(|rest| rest.strip_suffix("\":["))
                .context("a table's name is expected here")?
                .to_owned();
            visitor.table(&register, schema, &table)?;
            tables.insert(table, read_rows(&mut lines, visitor)?);
        }
    }
    let (_, size, sha256) = lines.finish()?.finish();
    Ok(FileRecord {
        size,
        sha256,
        records,
    })
}

fn read_rows(lines: &mut Lines<impl Read>, visitor: &mut dyn Visitor) -> Result<u64> {
    let mut rows = 0;
    loop {
        let line = lines.next()?;
        if matches!(line, "]" | "],") {
            return Ok(rows);
        }
        visitor.row(line.strip_suffix(',').unwrap_or(line))?;
        rows += 1;
        let_others_go(rows);
    }
}

/// `"name":{"schema":N,"tables":{`, or the end of the registers.
fn register_head(line: &str) -> Result<Option<(String, u32)>> {
    if line == "}}" {
        return Ok(None);
    }
    let parsed = line.strip_prefix('"').and_then(|rest| {
        let (name, rest) = rest.split_once("\":{\"schema\":")?;
        let schema = rest.strip_suffix(",\"tables\":{")?.parse().ok()?;
        Some((name.to_owned(), schema))
    });
    Ok(Some(parsed.context("a register's name is expected here")?))
}

struct Lines<R> {
    input: BufReader<Hashing<R>>,
    /// How much of the buffer the line before takes.
    taken: usize,
    /// A line that did not lie in the buffer as a whole.
    split: Vec<u8>,
}

impl<R: Read> Lines<R> {
    /// The next line without its line feed; the end of the file before the end of the content is an error.
    fn next(&mut self) -> Result<&str> {
        self.input.consume(std::mem::take(&mut self.taken));
        let line = match memchr(b'\n', self.input.fill_buf()?) {
            Some(end) => {
                self.taken = end + 1;
                &self.input.buffer()[..end]
            }
            None => {
                self.split.clear();
                self.input.read_until(b'\n', &mut self.split)?;
                match self.split.strip_suffix(b"\n") {
                    Some(line) => line,
                    None => bail!("the file is cut short"),
                }
            }
        };
        Ok(std::str::from_utf8(line)?)
    }

    /// What it read; bytes behind the content are an error.
    fn finish(mut self) -> Result<Hashing<R>> {
        self.input.consume(self.taken);
        let is_at_end = self.input.fill_buf()?.is_empty();
        ensure!(is_at_end, "there is something behind the end");
        Ok(self.input.into_inner())
    }
}
