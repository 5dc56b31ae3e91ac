#!/usr/bin/env python3
"""Stands in for `setfacl -m ENTRY FILE` where the package acl is not installed: one named entry (u:UID:r, g:GID:rx, o::r) is put into the file's
POSIX ACL. It writes the form of acl(5) as Linux keeps it, with the mask as the union of the group class. It refuses default entries."""
import os, struct, sys

TAGS = {'u': (0x01, 0x02), 'g': (0x04, 0x08), 'o': (0x20, 0x20), 'm': (0x10, 0x10)}
NONE = 0xFFFFFFFF
NAME = 'system.posix_acl_access'

option, wanted, path = sys.argv[1:4]
if option != '-m':
    sys.exit('only -m is known')
mode = os.stat(path).st_mode
try:
    bytes_ = os.getxattr(path, NAME)
    entries = {(tag, ident): perm for tag, perm, ident in struct.iter_unpack('<HHI', bytes_[4:])}
except OSError:
    entries = {(0x01, NONE): mode >> 6 & 7, (0x04, NONE): mode >> 3 & 7, (0x20, NONE): mode & 7}
for entry in wanted.split(','):
    kind, ident, letters = entry.split(':')
    base, named = TAGS[kind[0]]
    perm = int(letters) if letters.isdigit() else sum(value for letter, value in (('r', 4), ('w', 2), ('x', 1)) if letter in letters)
    entries[(named, int(ident)) if ident else (base, NONE)] = perm
if not any(entry.startswith('m') for entry in wanted.split(',')):
    mask = 0
    for (tag, _), perm in entries.items():
        mask |= perm if tag in (0x02, 0x04, 0x08) else 0
    entries[(0x10, NONE)] = mask
packed = struct.pack('<I', 2) + b''.join(struct.pack('<HHI', tag, perm, ident) for (tag, ident), perm in sorted(entries.items()))
os.setxattr(path, NAME, packed)
