package wire

import (
	"encoding/binary"
	"encoding/json"
	"unicode/utf8"

	"github.com/gorilla/websocket"
)

// These codes close a connection: graphql-transport-ws's own, and those of RFC 6455's registry that make its clients reconnect.
const (
	CloseBadRequest      = 4400
	CloseUnauthorized    = 4401
	CloseForbidden       = 4403
	CloseSubprotocol     = 4406
	CloseInitTimeout     = 4408
	CloseDuplicate       = 4409
	CloseTooManyInits    = 4429
	CloseInternalError   = 4500
	CloseInvalidText     = websocket.CloseInvalidFramePayloadData
	CloseRestarting      = websocket.CloseServiceRestart
	CloseTryAgainLater   = websocket.CloseTryAgainLater
	reasonInvalidMessage = "Invalid message received: "
)

// These are the opcodes of RFC 6455, section 5.2, that a server sends.
const (
	opText  = 1
	opClose = 8
	opPing  = 9
	opPong  = 10
)

// maxControlPayload limits the bytes of a control frame (RFC 6455, section 5.5). A close reason has two bytes less.
const maxControlPayload = 125

// appendHeader appends the header of an unfragmented, unmasked frame with n bytes of payload.
func appendHeader(b []byte, opcode byte, n int) []byte {
	b = append(b, 0x80|opcode)
	switch {
	case n <= 125:
		return append(b, byte(n))
	case n <= 0xffff:
		return binary.BigEndian.AppendUint16(append(b, 126), uint16(n))
	}
	return binary.BigEndian.AppendUint64(append(b, 127), uint64(n))
}

func appendFrame[T string | []byte](b []byte, opcode byte, payload T) []byte {
	return append(appendHeader(b, opcode, len(payload)), payload...)
}

// appendClose appends a close frame. It truncates a long reason between two characters.
func appendClose(b []byte, code int, reason string) []byte {
	for n := min(len(reason), maxControlPayload-2); n < len(reason); n-- {
		if utf8.RuneStart(reason[n]) {
			reason = reason[:n]
			break
		}
	}
	b = appendHeader(b, opClose, 2+len(reason))
	return append(binary.BigEndian.AppendUint16(b, uint16(code)), reason...)
}

// frameSize returns the size of the frame that starts at b, including its header.
func frameSize(b []byte) int {
	if len(b) < 2 {
		return len(b)
	}
	switch n := int(b[1] & 0x7f); {
	case n == 126 && len(b) >= 4:
		return 4 + int(binary.BigEndian.Uint16(b[2:]))
	case n == 127 && len(b) >= 10:
		return 10 + int(binary.BigEndian.Uint32(b[6:])&0x7fffffff)
	default:
		return 2 + n
	}
}

// begun returns how many bytes of a partly written frame are left in b after its first n bytes are written. They must be written before
// another frame. The first rest bytes of b belong to an earlier frame.
func begun(b []byte, rest, n int) int {
	for rest < n {
		rest += frameSize(b[rest:])
	}
	return min(rest, len(b)) - n
}

// These are the fixed parts of an operation's messages. The id between them is quoted JSON.
const (
	messageHead  = `{"id":`
	nextMiddle   = `,"type":"next","payload":`
	errorMiddle  = `,"type":"error","payload":`
	completeTail = `,"type":"complete"}`
)

// appendNext appends the frame of a next message: the subscriber's own id and a payload that others may share.
func appendNext(b []byte, id string, payload []byte) []byte {
	b = appendHeader(b, opText, len(messageHead)+len(id)+len(nextMiddle)+len(payload)+1)
	b = append(append(append(append(b, messageHead...), id...), nextMiddle...), payload...)
	return append(b, '}')
}

func appendError(b []byte, id string, errors []byte) []byte {
	b = appendHeader(b, opText, len(messageHead)+len(id)+len(errorMiddle)+len(errors)+1)
	b = append(append(append(append(b, messageHead...), id...), errorMiddle...), errors...)
	return append(b, '}')
}

func appendComplete(b []byte, id string) []byte {
	b = appendHeader(b, opText, len(messageHead)+len(id)+len(completeTail))
	return append(append(append(b, messageHead...), id...), completeTail...)
}

// appendPong appends the answer to a ping message, with the ping's payload if it had one.
func appendPong(b []byte, payload json.RawMessage) []byte {
	if !isObject(payload) {
		return appendFrame(b, opText, `{"type":"pong"}`)
	}
	const head = `{"type":"pong","payload":`
	b = appendHeader(b, opText, len(head)+len(payload)+1)
	return append(append(append(b, head...), payload...), '}')
}
