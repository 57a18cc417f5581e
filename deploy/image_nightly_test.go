//go:build nightly

package deploy

import (
	"encoding/json"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	. "usher/sitetest"
)

// mustRelease makes a release of the last commit in a folder of its own, with the web app of this folder.
func mustRelease(t *testing.T, environment ...string) (folder string) {
	t.Helper()
	folder = filepath.Join(t.TempDir(), "usher")
	mustDo(t, exec.CommandContext(t.Context(), "git", "clone", "-q", Root(t), folder))
	if err := os.CopyFS(filepath.Join(folder, "web/dist"), except(os.DirFS(filepath.Join(Root(t), "web/dist")), ".gitkeep")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(Root(t), "web/node_modules"), filepath.Join(folder, "web/node_modules")); err != nil { // for the licences
		t.Fatal(err)
	}
	MustWrite(t, filepath.Join(folder, ".git/info/exclude"), "/web/node_modules\n", 0o644) // it is a link here
	build := exec.CommandContext(t.Context(), filepath.Join(folder, "deploy/release.sh"))
	build.Env = append(append(os.Environ(), "KEEP_WEB=1"), environment...)
	mustDo(t, build)
	return folder
}

// except leaves a file out of a folder.
func except(folder fs.FS, name string) fs.FS { return without{folder.(fs.ReadDirFS), name} }

type without struct {
	fs.ReadDirFS
	name string
}

func (w without) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := w.ReadDirFS.ReadDir(name)
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return e.Name() == w.name }), err
}

func mustDo(t *testing.T, c *exec.Cmd) (said string) {
	t.Helper()
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", c, err, out)
	}
	return strings.TrimSpace(string(out))
}

func TestAReleaseIsTheSameAgainAndItsImageWorks(t *testing.T) {
	folder := mustRelease(t)
	sums := MustReadFile(t, filepath.Join(folder, "dist/SHA256SUMS"))
	t.Logf("the sums are\n%s", sums)
	again := mustRelease(t, "GOCACHE="+t.TempDir())
	Same(t, "the sums of another build, in another folder and without a cache", MustReadFile(t, filepath.Join(again, "dist/SHA256SUMS")), sums)

	for _, part := range []string{"Go 1.", "github.com/mattn/go-sqlite3 v", "graphql-ws ", "Fira Code", "GNU C library"} {
		if !strings.Contains(MustReadFile(t, filepath.Join(folder, "dist/NOTICES.txt")), "\n==== "+part) {
			t.Errorf("the licences lack the one of %s", part)
		}
	}
	mustMissALicence(t, again)
	mustRunOnArm(t, filepath.Join(folder, "dist/usher-linux-arm64"))

	if os.Geteuid() != 0 {
		t.Skip("only root can look into an image")
	}
	root := mustMakeImage(t, folder)
	Same(t, "the licences in the image", MustReadFile(t, filepath.Join(root, "NOTICES.txt")), MustReadFile(t, filepath.Join(folder, "dist/NOTICES.txt")))
	usher := func(args ...string) *exec.Cmd {
		c := exec.CommandContext(t.Context(), "/usher", args...)
		c.Dir, c.Env = "/", []string{"USHER_ADDR=" + MustFindPort(t)}
		c.SysProcAttr = &syscall.SysProcAttr{Chroot: root, Credential: &syscall.Credential{Uid: 65532, Gid: 65532}}
		return c
	}
	server := usher("serve")
	said := mustDo(t, withAddress(usher("check"), server))
	if !strings.Contains(said, "data/usher.key will be created") {
		t.Errorf("usher check says %s", said)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	waitUntilReady(t, server)
	mustDo(t, withAddress(usher("healthcheck"), server))
	mustDo(t, withAddress(usher("backup", "/data/copy.db"), server))
	mustStop(t, server)
}

// waitUntilReady waits until a server that has its address in its environment is ready.
func waitUntilReady(t *testing.T, server *exec.Cmd) {
	t.Helper()
	addr := strings.TrimPrefix(server.Env[0], "USHER_ADDR=")
	WaitUntil(t, "the server is ready", func() bool {
		answer, err := http.Get("http://" + addr + "/readyz")
		if err != nil {
			return false
		}
		_ = answer.Body.Close()
		return answer.StatusCode == http.StatusOK
	})
}

// mustStop stops a server.
func mustStop(t *testing.T, server *exec.Cmd) {
	t.Helper()
	start := time.Now()
	if err := server.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := server.Wait(); err != nil {
		t.Errorf("the server ends with %v", err)
	}
	if took := time.Since(start); took > 15*time.Second {
		t.Errorf("the server stopped within %s, want 15 s at most", took)
	}
}

// mustRunOnArm runs a program for arm64 in an emulator, if this machine has its compiler and the emulator. With CI=true it must.
func mustRunOnArm(t *testing.T, program string) {
	t.Helper()
	emulator, err := exec.LookPath("qemu-aarch64-static")
	if _, missing := os.Stat(program); missing != nil || err != nil {
		const left = "the program for arm64 was not tried: aarch64-linux-gnu-gcc or qemu-aarch64-static is missing"
		if os.Getenv("CI") == "true" {
			t.Error(left)
		}
		t.Log(left)
		return
	}
	usher := func(args ...string) *exec.Cmd {
		c := exec.CommandContext(t.Context(), emulator, append([]string{program}, args...)...)
		c.Dir, c.Env = t.TempDir(), []string{"USHER_ADDR=" + MustFindPort(t)}
		return c
	}
	server := usher("serve")
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	waitUntilReady(t, server)
	mustDo(t, withAddress(usher("healthcheck"), server))
	mustStop(t, server)
}

// mustMissALicence adds a package without a licence to a release, and expects that the licences can no longer be listed.
func mustMissALicence(t *testing.T, folder string) {
	t.Helper()
	lock := filepath.Join(folder, "web/package-lock.json")
	const first = `"packages": {`
	MustWrite(t, lock, strings.Replace(MustReadFile(t, lock), first, first+`"node_modules/.bin": {"version": "1"},`, 1), 0o644)
	list := exec.CommandContext(t.Context(), "node", "deploy/notices.mjs", "dist/usher-linux-amd64")
	list.Dir = folder
	if said, err := list.CombinedOutput(); err == nil || !strings.Contains(string(said), ".bin 1 has no licence") {
		t.Errorf("a package without a licence: %v, %.500s", err, said)
	}
}

// withAddress gives a command the address of a server.
func withAddress(c, server *exec.Cmd) *exec.Cmd {
	c.Env = server.Env
	return c
}

// mustMakeImage builds the image of a release, and returns a folder with its files.
func mustMakeImage(t *testing.T, folder string) (root string) {
	t.Helper()
	storage := t.TempDir()
	policy := MustWrite(t, filepath.Join(storage, "policy.json"), `{"default": [{"type": "insecureAcceptAnything"}]}`, 0o600)
	buildah := func(command string, args ...string) string {
		own := []string{"--root", storage + "/root", "--runroot", storage + "/run", "--storage-driver", "vfs", command}
		if command == "bud" {
			own = append(own, "--signature-policy", policy, "--isolation", "chroot")
		}
		return mustDo(t, DebianProgram(t, "buildah", append(own, args...)...))
	}
	buildah("bud", "-q", "--format", "docker", "--build-arg", "TARGETARCH=amd64", "-f", folder+"/dist/deploy/Dockerfile", "-t", "usher", folder+"/dist")
	var image struct {
		Docker struct {
			Config struct {
				User        string
				Healthcheck struct{ Test []string }
			}
		}
	}
	if err := json.Unmarshal([]byte(buildah("inspect", "--type", "image", "usher")), &image); err != nil {
		t.Fatal(err)
	}
	Same(t, "the user", image.Docker.Config.User, "65532:65532")
	Same(t, "how its health is checked", image.Docker.Config.Healthcheck.Test, []string{"CMD", "/usher", "healthcheck"})
	root = buildah("mount", buildah("from", "--pull-never", "--signature-policy", policy, "usher")) // with vfs, a folder like any other
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		owner := info.Sys().(*syscall.Stat_t).Uid
		if inside := strings.TrimPrefix(path, root); inside != "/data" && (owner != 0 || info.Mode().Perm()&0o022 != 0) {
			t.Errorf("%s can be written to by the program: it is %s of %d", inside, info.Mode(), owner)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return root
}
