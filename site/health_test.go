package site

import (
	"context"
	"errors"
	"testing"
)

func TestReadinessFollowsTheSite(t *testing.T) {
	var h health
	storage := errors.New("storage is away")
	s := &Site{Ready: func(context.Context) error { return storage }}
	ask := func() int { status, _ := h.readiness(t.Context(), h.site.Load()); return status }
	if ask() != 503 {
		t.Error("ready while starting")
	}
	h.publish(s)
	if ask() != 503 {
		t.Error("ready while storage does not answer")
	}
	storage = nil
	if ask() != 200 {
		t.Error("not ready though storage answers again")
	}
	h.drain()
	if ask() != 503 {
		t.Error("ready while stopping")
	}
}
