package live

import "context"

// Worker is somebody who holds a share of what the server does at once.
type Worker interface {
	// Rest gives the share back, for as long as the worker only waits.
	Rest()
	// Resume takes the share again. It returns ctx's error if that ends first.
	Resume(ctx context.Context) error
}

type workerKey struct{}

// WithWorker returns a context whose commands rest while they wait in line with others.
func WithWorker(ctx context.Context, w Worker) context.Context {
	return context.WithValue(ctx, workerKey{}, w)
}

// rest lets the context's worker rest until resume.
func rest(ctx context.Context) (resume func(ctx context.Context) error) {
	w, ok := ctx.Value(workerKey{}).(Worker)
	if !ok {
		return func(context.Context) error { return nil }
	}
	w.Rest()
	return w.Resume
}
