//! Saves, archives, restores, recoveries: what lies on the disk, and what the next start makes of it.

mod first;
