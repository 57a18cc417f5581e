// Package web serves the web app, or plain pages with the same addresses if the app was not built.
// Only site may import it.
package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

//go:embed all:dist
var dist embed.FS

//go:embed plain
var plain embed.FS

// Handler serves the app that was built into the binary, else the plain pages; with GraphiQL or without.
func Handler(graphiql bool) http.Handler {
	p := newPages(sub(plain, "plain"), false)
	if Built() {
		p = newPages(sub(dist, "dist"), true)
	}
	if !graphiql {
		delete(p.files, "graphiql.html") // it has several addresses
	}
	return p
}

// Built reports whether the web app was built into the binary.
func Built() bool {
	_, err := fs.Stat(sub(dist, "dist"), "index.html")
	return err == nil
}

func sub(files embed.FS, folder string) fs.FS {
	inner, err := fs.Sub(files, folder)
	if err != nil {
		panic(fmt.Sprintf("open embedded folder: %v", err))
	}
	return inner
}

// pages are files by their path within the site.
type pages struct {
	files map[string]*file
	app   bool // index.html is the app, and shows its screens
}

func newPages(root fs.FS, app bool) *pages {
	p := &pages{files: map[string]*file{}, app: app}
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(entry.Name(), ".") {
			return err
		}
		whole, err := fs.ReadFile(root, name)
		p.files[name] = &file{name: name, load: sync.OnceValue(func() content { return load(whole) })}
		return err
	})
	if err != nil {
		panic(fmt.Sprintf("read embedded files: %v", err))
	}
	return p
}

// ServeHTTP answers GET and HEAD with the same bytes whoever asks and whatever the query.
func (p *pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "This address supports only GET and HEAD", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	if f, status := p.find(name); f != nil {
		f.serve(w, r, status)
		return
	}
	http.Error(w, "This page does not exist", http.StatusNotFound)
}

// screens are the addresses of the app's own screens: those of the router in src/App.tsx, as path.Match reads them.
var screens = []string{"", "join", "rooms/*", "rooms/*/inside", "sign-in", "setup", "admin"}

// find returns the file of a path, and the status to serve it with: itself, or a page by its name without .html. The app is that
// of its screens; elsewhere it says that nothing is there, but not in the place of a file.
func (p *pages) find(name string) (f *file, status int) {
	for _, candidate := range []string{name, name + ".html", path.Join(name, "index.html")} {
		if f, ok := p.files[candidate]; ok && !(p.app && candidate == "index.html") {
			return f, http.StatusOK
		}
	}
	if !p.app || path.Ext(name) != "" || immutable(name) {
		return nil, http.StatusNotFound
	}
	if slices.ContainsFunc(screens, func(screen string) bool { ok, _ := path.Match(screen, strings.ToLower(name)); return ok }) {
		return p.files["index.html"], http.StatusOK // the router, too, takes either case
	}
	return p.files["index.html"], http.StatusNotFound
}

// immutable are files with a hash of their content in their name.
func immutable(name string) bool { return strings.HasPrefix(name+"/", "assets/") }

type file struct {
	name string
	load func() content // once, when first asked for
}

type content struct {
	whole, zipped []byte // zipped is empty where it saves nothing
	tag           string
}

func load(whole []byte) content {
	sum := sha256.Sum256(whole)
	c := content{whole: whole, tag: base64.RawURLEncoding.EncodeToString(sum[:12])}
	var zipped bytes.Buffer
	writer := gzip.NewWriter(&zipped)
	_, _ = writer.Write(whole) // a Buffer takes all
	_ = writer.Close()
	if zipped.Len() < len(whole)*9/10 {
		c.zipped = zipped.Bytes()
	}
	return c
}

// kinds are the media types of what a build leaves behind. Those of package mime depend on the machine.
var kinds = map[string]string{
	".css":         "text/css; charset=utf-8",
	".html":        "text/html; charset=utf-8",
	".ico":         "image/x-icon",
	".js":          "text/javascript; charset=utf-8",
	".json":        "application/json",
	".map":         "application/json",
	".mp3":         "audio/mpeg",
	".png":         "image/png",
	".svg":         "image/svg+xml",
	".ttf":         "font/ttf",
	".txt":         "text/plain; charset=utf-8",
	".wasm":        "application/wasm",
	".webmanifest": "application/manifest+json",
	".woff2":       "font/woff2",
}

func (f *file) serve(w http.ResponseWriter, r *http.Request, status int) {
	content := f.load()
	header := w.Header()
	kind, ok := kinds[path.Ext(f.name)]
	if !ok {
		kind = "application/octet-stream"
	}
	header.Set("Content-Type", kind)
	if header.Get("Cache-Control") == "" {
		header.Set("Cache-Control", "no-cache")
		if immutable(f.name) {
			header.Set("Cache-Control", "public, max-age=31536000, immutable")
		}
	}
	body, tag := content.whole, content.tag
	if len(content.zipped) > 0 {
		header.Set("Vary", "Accept-Encoding")
		if acceptsGzip(r) {
			header.Set("Content-Encoding", "gzip")
			body, tag = content.zipped, tag+"-gzip"
		}
	}
	if status != http.StatusOK { // which ServeContent would answer with, and for a part or what is known already with others
		header.Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(status)
		_, _ = w.Write(body)
		return
	}
	header.Set("ETag", `"`+tag+`"`)
	http.ServeContent(w, r, f.name, time.Time{}, bytes.NewReader(body))
}

func acceptsGzip(r *http.Request) bool {
	for coding := range strings.SplitSeq(strings.Join(r.Header.Values("Accept-Encoding"), ","), ",") {
		name, quality, _ := strings.Cut(coding, ";")
		if strings.EqualFold(strings.TrimSpace(name), "gzip") {
			return strings.Trim(strings.TrimSpace(quality), "q=.0") != "" || quality == ""
		}
	}
	return false
}
