// Package web serves the web app. Where the app was not built, it serves one page that explains how to build it.
// Package site alone imports it.
package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

//go:embed all:dist
var dist embed.FS

//go:embed unbuilt.html
var unbuilt []byte

//go:embed src/screens.json
var screensOfApp []byte

// Handler serves the app that was built into the binary, else the page that explains how to build it. It serves GraphiQL
// only if asked to. publicURL is where people reach the site.
func Handler(graphiql bool, publicURL string) http.Handler {
	p := newPages(sub(dist, "dist"))
	if !Built() {
		p.add("index.html", unbuilt)
	}
	if !graphiql {
		delete(p.files, "graphiql.html") // it has several addresses
	}
	p.addressPicture(publicURL)
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

// pages holds files by their path. Its index.html is the app, which draws every screen, and index.de.html the app in German.
type pages struct {
	files map[string]*file
}

func newPages(root fs.FS) *pages {
	p := &pages{files: map[string]*file{}}
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(entry.Name(), ".") {
			return err
		}
		whole, err := fs.ReadFile(root, name)
		p.add(name, whole)
		return err
	})
	if err != nil {
		panic(fmt.Sprintf("read embedded files: %v", err))
	}
	return p
}

func (p *pages) add(name string, whole []byte) {
	p.files[name] = &file{name: name, load: sync.OnceValue(func() content { return load(whole) })}
}

// addressPicture gives the picture of shared links its whole address, because messengers accept no other.
func (p *pages) addressPicture(publicURL string) {
	path := []byte(`content="/share.png"`)
	whole := []byte(`content="` + html.EscapeString(strings.TrimSuffix(publicURL, "/")) + `/share.png"`)
	for _, page := range appPages {
		if f, ok := p.files[page]; ok {
			p.add(page, bytes.ReplaceAll(f.load().whole, path, whole))
		}
	}
}

// ServeHTTP answers GET and HEAD. The bytes depend on the path alone, and those of the app also on the asker's language.
func (p *pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "This address supports only GET and HEAD", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	if f, status := p.find(name); f != nil {
		if f.name == "index.html" {
			f = p.translated(w.Header(), r, f)
		}
		f.serve(w, r, status)
		return
	}
	http.Error(w, "This page does not exist", http.StatusNotFound)
}

// screens lists the addresses of the app's screens as path.Match reads them: rooms/* for /rooms/:roomId.
var screens = sync.OnceValue(func() []string {
	var addresses map[string]string
	if err := json.Unmarshal(screensOfApp, &addresses); err != nil {
		panic(fmt.Sprintf("read screens.json: %v", err))
	}
	var patterns []string
	for _, address := range addresses {
		patterns = append(patterns, parameter.ReplaceAllString(strings.TrimPrefix(address, "/"), "*"))
	}
	return patterns
})

var parameter = regexp.MustCompile(`:\w+`)

// withSecret matches the paths of links that a program altered, such as /join%23u1_… or /join). The page takes the secret out of
// the address.
var withSecret = regexp.MustCompile(`(?is)^(join|setup)/?([^a-z0-9/-]|u1_|h1_|usher_a_)`)

// find returns the file of a path and the status to serve it with. A page needs no .html. The app answers for its screens, and
// with 404 for other paths, unless they look like a file.
func (p *pages) find(name string) (f *file, status int) {
	if withSecret.MatchString(name) {
		return p.files["index.html"], http.StatusOK
	}
	for _, candidate := range []string{name, name + ".html", path.Join(name, "index.html")} {
		if f, ok := p.files[candidate]; ok && !isAppPage(candidate) {
			return f, http.StatusOK
		}
	}
	if path.Ext(name) != "" || immutable(name) {
		return nil, http.StatusNotFound
	}
	if slices.ContainsFunc(screens(), func(screen string) bool { ok, _ := path.Match(screen, strings.ToLower(name)); return ok }) {
		return p.files["index.html"], http.StatusOK // the router ignores case too
	}
	return p.files["index.html"], http.StatusNotFound
}

// immutable reports whether a file has a hash of its content in its name.
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

// kinds maps the files of a build to their media types. Those of package mime depend on the machine.
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
		header.Add("Vary", "Accept-Encoding")
		if acceptsGzip(r) {
			header.Set("Content-Encoding", "gzip")
			body, tag = content.zipped, tag+"-gzip"
		}
	}
	if status != http.StatusOK { // ServeContent would answer 200, 206 or 304
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
