package sqlite

import (
	"crypto/sha256"
	"encoding/binary"
)

// saltSize is the length of an entry's salt in bytes. It keeps anyone from finding
// out what an erased body was by hashing guesses.
const saltSize = 16

// link is what the next entry of the log is chained to: the newest one's number and
// hash. The first entry of all has number 1 and follows 32 zero bytes.
type link struct {
	seq  int64
	hash [sha256.Size]byte
}

// entry is a line of the event log as its hash sees it.
type entry struct {
	seq      int64
	at       int64 // Unix milliseconds
	request  int64
	kind     string
	bodyHash [sha256.Size]byte
}

// hashBody is SHA-256 over the salt's 16 bytes and then the body's.
func hashBody(salt []byte, body string) [sha256.Size]byte {
	return sha256.Sum256(append(salt[:len(salt):len(salt)], body...))
}

// hash is SHA-256 over these bytes, one after the other; the only part whose length
// varies is preceded by it, so no two entries give the same bytes:
//
//	hash of the entry before, 32 bytes
//	seq, 8 bytes, big endian, like all numbers here
//	time in Unix milliseconds, 8 bytes, two's complement
//	request, 8 bytes, two's complement, 0 for none
//	length of kind in bytes, 8 bytes
//	kind in UTF-8
//	hash of the body, 32 bytes
func (e entry) hash(before link) [sha256.Size]byte {
	b := before.hash[:len(before.hash):len(before.hash)]
	b = binary.BigEndian.AppendUint64(b, uint64(e.seq))
	b = binary.BigEndian.AppendUint64(b, uint64(e.at))
	b = binary.BigEndian.AppendUint64(b, uint64(e.request))
	b = binary.BigEndian.AppendUint64(b, uint64(len(e.kind)))
	b = append(b, e.kind...)
	b = append(b, e.bodyHash[:]...)
	return sha256.Sum256(b)
}
