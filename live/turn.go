package live

import "context"

// turnRoom stands for a room in turns. No room has such an id.
const turnRoom = "the hub's own turn"

// Turn wakes a watch of its own and returns once the wake has come. So it does not return while the hub is stuck, or ctx's error.
func (h *Hub) Turn(ctx context.Context) error {
	w := h.Watch(turnRoom, 0)
	defer w.Close()
	more := w.More()
	h.Wake(turnRoom, 1)
	select {
	case <-more:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
