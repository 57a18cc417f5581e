package wire

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"sync"
)

const (
	// mostKeptCosts limits the costs that are kept of one document.
	mostKeptCosts = 32
	// maxDecidingValue limits the bytes of a value under which a cost is kept. Cursors are shorter.
	maxDecidingValue = 256
)

// keptCosts are what a document with one operation costs, by the values of the variables that decide it.
type keptCosts struct {
	deciding []string // the names of these variables

	mu       sync.Mutex
	byValues map[string]int
}

func newKeptCosts(deciding map[string]bool) *keptCosts {
	return &keptCosts{deciding: slices.Sorted(maps.Keys(deciding)), byValues: map[string]int{}}
}

// find returns the cost with these variables, if it is kept.
func (k *keptCosts) find(variables map[string]any) (cost int, known bool) {
	values, ok := k.values(variables)
	if !ok {
		return 0, false
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	cost, known = k.byValues[string(values)]
	return cost, known
}

// add keeps the cost with these variables, unless a value is too long for it. It drops the others once there are too many.
func (k *keptCosts) add(variables map[string]any, cost int) {
	values, ok := k.values(variables)
	if !ok {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.byValues) >= mostKeptCosts {
		clear(k.byValues)
	}
	k.byValues[string(values)] = cost
}

// values returns the values of the variables that decide as one key. It returns false if one of them is long, a list or an object.
func (k *keptCosts) values(variables map[string]any) (key []byte, ok bool) {
	for _, name := range k.deciding {
		value, given := variables[name]
		switch value := value.(type) {
		case nil:
			key = strconv.AppendBool(append(key, 'n'), given) // a variable that is not given may have a default
		case bool:
			key = strconv.AppendBool(append(key, 'b'), value)
		case int64:
			key = strconv.AppendInt(append(key, 'i'), value, 10)
		case json.Number:
			key = strconv.AppendQuote(append(key, 'i'), value.String())
		case string:
			key = strconv.AppendQuote(append(key, 's'), value)
		default:
			return nil, false
		}
		if key = append(key, ' '); len(key) > maxDecidingValue {
			return nil, false
		}
	}
	return key, true
}
