use super::*;

fn masked_line(line: &[&str]) -> String {
    let words: Vec<String> = line.iter().map(|w| (*w).into()).collect();
    command(&words).join(" | ")
}

/// What real programs take, each with the secret `s3cret`.
const HIDDEN: &[&[&str]] = &[
    &["-sSu", "me:s3cret"],
    &["-su", "me:s3cret", "{url}"],
    &["-sume:s3cret"],
    &["-H", "X-Session-Id: s3cret"],
    &["--jwt", "s3cret"],
    &["-H", "Authorization: Bearer s3cret"],
    &["-H", "authorization:s3cret"],
    &["-HAuthorization: s3cret"],
    &["-H", "Authorization : s3cret"],
    &["--header", "Cookie: a=s3cret; b=s3cret"],
    &["--header=Cookie: a=s3cret"],
    &["--header=Proxy-Authorization: Basic s3cret"],
    &["--header", "X-Api-Key: s3cret"],
    &["-H", "X-API-Key:s3cret"],
    &["-H", "apikey: s3cret"],
    &["-H", "X-Auth-Token: s3cret"],
    &["-H", "Private-Token: s3cret"],
    &["-H", "X-Amz-Security-Token: s3cret"],
    &["Authorization:Bearer s3cret"],
    &["-u", "me:s3cret"],
    &["-ume:s3cret"],
    &["--user", "me:s3cret"],
    &["--user=me:s3cret"],
    &["-U", "me:s3cret"],
    &["--proxy-user", "me:s3cret"],
    &["--oauth2-bearer", "s3cret"],
    &["--oauth2-bearer=s3cret"],
    &["-a", "me:s3cret"],
    &["-A", "me:s3cret"],
    &["-P", "me:s3cret"],
    &["-E", "cert.pem:s3cret"],
    &["--pass", "s3cret"],
    &["--proxy-pass", "s3cret"],
    &["--http-password=s3cret"],
    &["-password", "s3cret"],
    &["-b", "session=s3cret"],
    &["-bsession=s3cret"],
    &["-C", "session=s3cret"],
    &["--cookie", "session=s3cret"],
    &["API_KEY=s3cret"],
    &["GITHUB_TOKEN=s3cret", "program"],
    &["password=s3cret"],
    &["http://me:s3cret@host/"],
    &["--proxy=http://me:s3cret@host/"],
    &["-x", "me:s3cret@host:3128"],
    &["sh", "-c", "curl -H 'Authorization: Bearer s3cret' {url}"],
    &["sh", "-c", "curl -H \"Cookie: a=s3cret\" -u me:s3cret {url}"],
    &["sh", "-c", "env TOKEN=s3cret curl --oauth2-bearer s3cret {url}"],
    &["sh", "-c", "curl -u 'me:s3cret' http://me:s3cret@host {url}"],
    &["--user=s3cret"],
    &["--user", "s3cret"],
    &["--password", "s3cret"],
    &["--password=a s3cret"],
    &["-p", "s3cret"],
    &["-ps3cret"],
    &["env", "TOKEN=a s3cret b", "program"],
    &["curl", "--data", "user=me&password=s3cret&x=1"],
    &["curl", "-d", "{\"password\": \"a s3cret\", \"x\": 1}", "{url}"],
    &["-x", "//me:s3cret@host"],
    &["-x", "http;//me:12/s3cret@host"],
];

/// Scripts, each with `s3cret` and with `{url}`, which stays.
const SCRIPTS: &[&str] = &[
    "(TOKEN=s3cret; curl {url})",
    "x=1;TOKEN=s3cret;curl {url}",
    "true&&TOKEN=s3cret curl {url}",
    "PASSWORD='a s3cret c' curl {url}",
    "PASSWORD=\"a s3cret c\" curl {url}",
    "PASSWORD=\"a \\\" s3cret c\" curl {url}",
    "PASSWORD=a\\ s3cret\\ c curl {url}",
    "PASSWORD=a' s3cret c'd curl {url}",
    "PASSWORD=$'a s3cret' curl {url}",
    "TOKEN=(a s3cret) curl {url}",
    "TOKEN=$(echo s3cret) curl {url}",
    "TOKEN+=s3cret curl {url}",
    "export TOKEN=s3cret; curl {url}",
    "export A=1 TOKEN='x s3cret'; curl {url}",
    "curl --user=me:s3cret {url}",
    "curl --user me:s3cret {url}",
    "curl --user=s3cret {url}",
    "curl --user s3cret {url}",
    "curl --user 'me:a s3cret' {url}",
    "curl -u 'me:a s3cret' {url}",
    "curl -u\"me:a s3cret\" {url}",
    "curl --password s3cret {url}",
    "curl --password 'a s3cret' {url}",
    "curl --password='a s3cret' {url}",
    "sshpass -p s3cret curl {url}",
    "sshpass -p 'a s3cret' curl {url}",
    "mysql -ps3cret; curl {url}",
    "curl -H 'Authorization: Bearer s3cret' {url}",
    "curl -H \"Authorization: Bearer s3cret\" {url}",
    "curl -H Authorization:Bearer\\ s3cret {url}",
    "curl -H'Cookie: a=\"s3cret\"; b=s3cret' {url}",
    "curl {url} -H 'X: y' -H 'Authorization: Bearer s3cret' -s",
    "curl -d '{\"token\": \"a s3cret\"}' {url}",
    "curl -d \"{\\\"token\\\":\\\"a s3cret\\\"}\" {url}",
    "curl -x me:s3cret@host:80 {url}",
    "curl -x //me:s3cret@host {url}",
    "sh -c 'TOKEN=\"a s3cret\" curl -u me:s3cret {url}'",
    "sh -c \"TOKEN='a s3cret' curl -u 'me:s3cret' {url}\"",
    "get(\"{url}\", headers={\"Authorization\":\"Bearer s3cret\"})",
    "get('{url}', headers={'Authorization': 'Bearer s3cret'})",
    "get('{url}', headers={'X-Api-Key' : 's3cret', 'a': 'b'})",
    "h[\"Authorization\"] = \"Bearer s3cret\"; get(\"{url}\")",
    "get('{url}', auth=('me', 's3cret'))",
    "token = 'a s3cret'\nget('{url}')",
    "let token: &str = \"a s3cret\";\nget(\"{url}\")",
    "fetch('{url}', {headers: {Authorization: 'Bearer s3cret'}})",
    "r.Header.Set(\"Authorization\", \"Bearer s3cret\"); get(\"{url}\")",
    "{:Authorization => 'Bearer s3cret'}; get('{url}')",
    "printf 'GET / HTTP/1.1\\r\\nCookie: s3cret\\r\\n\\r\\n' | nc {url}",
    "printf 'user = \"me:s3cret\"' | curl -K - {url}",
];

#[test]
fn no_secret_is_left_in_a_script() {
    for script in SCRIPTS {
        for line in [&["sh", "-c", script][..], &["python3", "-c", script]] {
            let shown = masked_line(line);
            assert!(!shown.contains("s3cret"), "{script}: {shown}");
            assert!(shown.contains("***"), "{script}: {shown}");
            assert!(shown.contains("{url}"), "{script}: {shown}");
        }
    }
}

#[test]
fn no_secret_is_left() {
    for line in HIDDEN {
        let shown = masked_line(line);
        assert!(!shown.contains("s3cret"), "{line:?}: {shown}");
        assert!(shown.contains("***"), "{line:?}: {shown}");
        let whole = line.join(" ").contains("{url}");
        assert!(!whole || shown.contains("{url}"), "{line:?}: {shown}");
    }
}

#[test]
fn what_is_no_secret_stays() {
    for line in [
        &["curl", "-s", "-H", "Accept: text/html", "{url}"][..],
        &["python3", "-u", "ping.py", "{url}", "--threads=8"],
        &["curl", "-A", "Mozilla/5.0", "--user-agent=me", "{url}"],
        &["hey", "-n", "100", "-c", "8", "-m", "GET", "{url}?token=1"],
        &["curl", "-o", "/dev/null", "--key", "file.pem", "{url}"],
        &["ffuf", "-u", "http://127.0.0.1:1/{url}"],
        &["sh", "-c", "for i in 1 2; do curl -s \"$1\"; done", "{url}"],
        &["git", "clone", "git@example.org:a/b", "{url}"],
        &["wget", "--username=me", "--passes=3", "--auth", "{url}"],
        &["perl", "-pe", "s/a/b/"],
        &["find", ".", "-print", "-path", "x", "-perm=1", "{url}"],
        &["sh", "-c", "a='b c'; (curl -s \"$a\" && x) | y > z; {url}"],
        &["python3", "-c", "import x\nfor i in range(3): get(\"{url}\")"],
        &["x", "-d", "{\"a\": 1, \"b\": [2]}", "12:30:00", "C:\\x"],
    ] {
        assert_eq!(masked_line(line), line.join(" | "));
    }
}

proptest::proptest! {
    /// Whatever stands in it, the words stay as many, and it ends.
    #[test]
    fn any_command_is_taken(
        words in proptest::collection::vec(
            proptest::prelude::any::<String>(), 0..6)
    ) {
        proptest::prop_assert_eq!(command(&words).len(), words.len());
    }
}
