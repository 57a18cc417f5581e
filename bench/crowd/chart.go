//go:build linux

package main

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"usher/bench/program"
)

// draw writes the charts into a folder.
func (r results) draw(folder string) error {
	slices.SortFunc(r.Sizes, func(a, b result) int { return a.N - b.N })
	if len(r.Sizes) == 0 {
		return nil
	}
	if err := os.MkdirAll(folder, 0o755); err != nil { //nolint:gosec // for everyone
		return err
	}
	write := func(name, svg string) error {
		return os.WriteFile(filepath.Join(folder, name), []byte(svg), 0o644) //nolint:gosec // a picture for everyone
	}
	return errors.Join(write("crowd-cost.svg", r.costChart()), write("crowd-where.svg", r.whereChart()))
}

// colours are told apart by most colour-blind people, on white.
var colours = []string{"#4477aa", "#ee6677", "#228833", "#b58900", "#66ccee", "#aa3377", "#777777", "#000000", "#ee7733", "#009988", "#0033aa", "#884400", "#cc3311", "#556b2f", "#994f88", "#b0a030", "#5f9ea0"}

// picture is an SVG that is being drawn.
type picture struct {
	strings.Builder
	width, height float64
}

func newPicture(width, height float64, title string) *picture {
	p := &picture{width: width, height: height}
	p.add(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="%s">`, width, height, title)
	p.add(`<rect width="100%%" height="100%%" rx="6" fill="#fff"/>`)
	p.text(16, 26, "start", "#111", `font-size="15" font-weight="600"`, title)
	return p
}

func (p *picture) add(format string, values ...any) { fmt.Fprintf(p, format+"\n", values...) }

func (p *picture) text(x, y float64, anchor, colour, more, text string) {
	p.add(`<text x="%.1f" y="%.1f" text-anchor="%s" fill="%s" %s>%s</text>`, x, y, anchor, colour, more, text)
}

func (p *picture) line(x1, y1, x2, y2 float64) {
	p.add(`<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="#ddd"/>`, x1, y1, x2, y2)
}

func (p *picture) svg() string { return p.String() + "</svg>\n" }

// costChart draws what each step costs for each person, over the size of the crowd. Both axes are logarithmic: a level line does not grow.
func (r results) costChart() string {
	const left, right, top, bottom = 70, 420, 60, 500
	p := newPicture(780, 540, "Server's processor time for each person, in µs")
	least, most := math.Inf(1), 1.0
	for _, size := range r.Sizes {
		for _, row := range rows {
			if one, ok := size.step(row.step); ok && one.CPU > 0 {
				least, most = min(least, one.CPU), max(most, one.CPU)
			}
		}
	}
	low, high := math.Floor(math.Log10(least)), math.Ceil(math.Log10(most))
	y := func(cost float64) float64 { return bottom - (math.Log10(cost)-low)/(high-low)*(bottom-top) }
	first, last := math.Log10(float64(r.Sizes[0].N)), math.Log10(float64(r.Sizes[len(r.Sizes)-1].N))
	x := func(n int) float64 { return left + (math.Log10(float64(n))-first)/max(last-first, 0.01)*(right-left) }
	for power := low; power <= high; power++ {
		p.line(left, y(math.Pow(10, power)), right, y(math.Pow(10, power)))
		p.text(left-8, y(math.Pow(10, power))+4, "end", "#555", "", program.Thousands(math.Pow(10, power)))
	}
	for _, size := range r.Sizes {
		p.text(x(size.N), bottom+20, "middle", "#555", "", program.Thousands(float64(size.N))+" people")
	}
	type label struct {
		at           float64
		text, colour string
	}
	var labels []label
	for i, row := range rows {
		var points []string
		at := 0.0
		for _, size := range r.Sizes {
			if one, ok := size.step(row.step); ok && one.CPU > 0 {
				at = y(one.CPU)
				points = append(points, fmt.Sprintf("%.1f,%.1f", x(size.N), at))
				p.add(`<circle cx="%.1f" cy="%.1f" r="3" fill="%s"/>`, x(size.N), at, colours[i%len(colours)])
			}
		}
		if points == nil {
			continue
		}
		p.add(`<polyline points="%s" fill="none" stroke="%s" stroke-width="2"/>`, strings.Join(points, " "), colours[i%len(colours)])
		name, _, _ := strings.Cut(row.name, ", with")
		labels = append(labels, label{at, name, colours[i%len(colours)]})
	}
	slices.SortFunc(labels, func(a, b label) int { return cmp.Compare(a.at, b.at) })
	free := 0.0
	for _, one := range labels {
		free = max(one.at+4, free+15)
		p.text(right+12, free, "start", one.colour, "", one.text)
	}
	return p.svg()
}

// whole are the steps of a person who comes, stays and goes.
var whole = []string{"look", "watch", "redeem", "place", "acknowledge", "follow", "start", "enter", "end"}

// whereChart draws where the processor time of one person's whole session goes.
func (r results) whereChart() string {
	const left, right, top, thick = 110, 760, 56, 34
	under := top + float64(len(r.Sizes))*(thick+14)
	p := newPicture(780, under+80, "Where the processor time of one person's session goes, in µs")
	most := 1.0
	for _, size := range r.Sizes {
		most = max(most, size.sum())
	}
	for k, size := range r.Sizes {
		y, x := top+float64(k)*(thick+14), float64(left)
		p.text(left-8, y+thick/2+4, "end", "#333", "", program.Thousands(float64(size.N))+" people")
		for i, name := range whole {
			one, _ := size.step(name)
			width := one.CPU / most * (right - left)
			p.add(`<rect x="%.1f" y="%.1f" width="%.1f" height="%d" fill="%s"><title>%s: %s µs</title></rect>`, x, y, width, thick, colours[i], named(name), program.Short(one.CPU))
			if text := program.Short(one.CPU); width > float64(8*len(text)) {
				p.text(x+width/2, y+thick/2+4, "middle", "#fff", "", text)
			}
			x += width
		}
	}
	for i, name := range whole {
		x, y := left+float64(i%3)*220, under+14+float64(i/3)*20
		p.add(`<rect x="%.1f" y="%.1f" width="12" height="12" fill="%s"/>`, x, y-10, colours[i])
		p.text(x+18, y, "start", "#333", "", named(name))
	}
	return p.svg()
}

func (r result) sum() (all float64) {
	for _, name := range whole {
		one, _ := r.step(name)
		all += one.CPU
	}
	return all
}

// named returns the first words of a step's name in the tables.
func named(step string) string {
	at := slices.IndexFunc(rows, func(row row) bool { return row.step == step })
	name, _, _ := strings.Cut(rows[at].name, ",")
	return name
}
