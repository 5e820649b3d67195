//! Remote folders: of what another machine changes in them the system tells nothing.

use std::path::Path;

/// The file systems that others than this system write to, by their numbers as in statfs(2): those of
/// networks, those of the host of a virtual machine, and all that programs provide (sshfs is one).
const REMOTE: &[u32] = &[
    0x0000_6969, // NFS
    0x0000_517B, // SMB
    0xFF53_4D42, // CIFS
    0xFE53_4D42, // SMB 2 and later
    0x6573_5546, // FUSE
    0x0102_1997, // 9P
    0x5346_414F, // AFS
    0x6B41_4653, // AFS, the kernel's own
    0x7375_7245, // Coda
    0x00C3_6400, // Ceph
    0x0000_564C, // NCP
    0x0BD0_0BD0, // Lustre
    0x4750_4653, // GPFS
    0x7461_636F, // OCFS2
    0x0116_1970, // GFS2
    0x2003_0528, // OrangeFS
    0x786F_4256, // VirtualBox shared folders
    0xBACB_ACBC, // VMware shared folders
    0x7C7C_6673, // Parallels shared folders
];

/// Whether a folder is on a file system of whose changes the system may tell nothing. One that cannot be
/// looked at is not.
#[cfg(target_os = "linux")]
pub(super) fn is_remote(folder: &Path) -> bool {
    let told = rustix::fs::statfs(folder).ok();
    // As wide as a word of the machine, and signed or not: the number is in the low half.
    let low = |it: rustix::fs::StatFs| it.f_type.to_le_bytes().first_chunk().copied();
    told.and_then(low).is_some_and(|number| is_remote_number(u32::from_le_bytes(number)))
}

/// Elsewhere the numbers are others; what the system tells is taken for all there is.
#[cfg(not(target_os = "linux"))]
pub(super) fn is_remote(_folder: &Path) -> bool {
    false
}

#[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "only Linux has these numbers"))]
fn is_remote_number(number: u32) -> bool {
    REMOTE.contains(&number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_systems_of_networks_are_remote_and_those_of_disks_are_not() {
        for number in [0x6969, 0xFF53_4D42, 0xFE53_4D42, 0x517B, 0x6573_5546, 0x0102_1997] {
            assert!(is_remote_number(number), "{number:x}");
        }
        // ext4, XFS, Btrfs, tmpfs, overlayfs, ZFS, exFAT
        for number in
            [0xEF53, 0x5846_5342, 0x9123_683E, 0x0102_1994, 0x794C_7630, 0x2FC1_2FC1, 0x2011_BAB0]
        {
            assert!(!is_remote_number(number), "{number:x}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_the_system_tells_is_read() {
        assert!(!is_remote(Path::new("/proc")));
        assert!(!is_remote(Path::new("/no/such/folder")));
        let proc = rustix::fs::statfs("/proc").unwrap().f_type;
        assert_eq!(proc.to_le_bytes()[..4], 0x9FA0_u32.to_le_bytes(), "proc has another number");
    }
}
