//! Registers to files and back through the API: out, edited, compared, written, taken back; whose rows; bad files; limits.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::http::{Method, StatusCode};
use documents::table::{SheetChoice, TableFile, TableOptions};
use governance::{
    handbook::default_units,
    keeper::Keeper,
    unit::{Unit, UnitKind},
};
use kernel::{id::AccountId, role::Role};
use ledger::{access::Post, register};
use serde_json::{Value, json};

use crate::support::{Answer, App, Ask};

struct Office {
    app: App,
    clerk: String,
    account: AccountId,
    /// The clerk of another unit.
    other: String,
}

const PROJECTS: &str = "/api/v1/registers/project";

impl Office {
    fn each(story: impl Fn(Self)) {
        App::each_real(|app| {
            let (code, by) = (app.city, app.by());
            app.write(move |tx| {
                register::put(tx, code, crate::real_city::city(), None, &by)?;
                for unit in default_units().unwrap() {
                    let (name_zh, name_en) = (unit.name_zh, unit.name_en);
                    let row = Unit { code: unit.code, name_zh, name_en, kind: UnitKind::Bureau };
                    register::put(tx, code, row, None, &by)?;
                }
                let keeper = Keeper { register: "unit".to_owned(), unit: "water".to_owned() };
                register::put(tx, code, keeper, None, &by).map(drop)
            });
            let clerk = |name: &str, unit: &str| {
                let post = Post { role: Some(Role::Clerk), unit: Some(unit.to_owned()), ..Post::default() };
                app.account_with(name, post, false)
            };
            let (account, other) = (clerk("clerk", "water"), clerk("other", "sanitation"));
            let (clerk, other) = (app.session(account), app.session(other));
            story(Self { app, clerk, account, other });
        });
    }

    fn get(&self, path: &str) -> Answer {
        self.app.call(Ask::get(path).cookie(&self.clerk))
    }

    fn enter(&self, cookie: &str, path: &str, row: &Value) -> Answer {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let key = NEXT.fetch_add(1, Ordering::Relaxed).to_string();
        self.app.call(Ask::post(path, row).cookie(cookie).header("idempotency-key", &key))
    }

    fn project(&self, cookie: &str, unit: &str, code: &str) {
        let row = json!({ "code": code, "name": format!("{code}号工程"), "unit": unit, "status": "preparation", "kind": "construction",
            "sector": "transport.road", "cash_flow": "non_commercial", "budget": 12_345_000_000_i64 });
        let entered = self.enter(cookie, &format!("{PROJECTS}/rows"), &row);
        assert_eq!(entered.status, StatusCode::CREATED, "{}", entered.text());
    }

    /// Brings a file as the body.
    fn bring(&self, cookie: &str, register: &str, bytes: impl Into<axum::body::Body>) -> Answer {
        let ask = Ask::new(Method::POST, &format!("/api/v1/registers/{register}/imports?file=a.csv"));
        self.app.call(ask.body("application/octet-stream", bytes).cookie(cookie))
    }

    fn post(&self, cookie: &str, path: &str) -> Answer {
        self.app.call(Ask::new(Method::POST, path).cookie(cookie))
    }

    /// Asks until the import is in a state; gives what it showed on the way.
    fn until(&self, cookie: &str, path: &str, state: &str) -> Vec<Value> {
        let mut seen = Vec::new();
        loop {
            let face = self.app.call(Ask::get(path).cookie(cookie)).json();
            seen.push(face.clone());
            match face["state"].as_str().unwrap() {
                "failed" => panic!("{face}"),
                now if now == state => return seen,
                _ => {}
            }
        }
    }

    fn row(&self, key: &str) -> Value {
        self.get(&format!("{PROJECTS}/rows/{key}")).json()
    }
}

fn id_of(face: &Value) -> String {
    face["id"].as_str().unwrap().to_owned()
}

/// Code of each row's outcome or first remark.
fn told(page: &Value) -> Vec<(u64, String)> {
    let rows = page["rows"].as_array().unwrap().iter();
    rows.map(|row| {
        let code = row["remarks"][0]["code"].as_str().or(row["outcome"].as_str());
        (row["row"].as_u64().unwrap(), code.unwrap().to_owned())
    })
    .collect()
}

#[test]
fn a_register_goes_out_is_edited_compared_written_and_taken_back() {
    Office::each(|office| {
        for code in ["A", "B", "C"] {
            office.project(&office.clerk, "water", code);
        }
        let out = office.app.call(
            Ask::get(&format!("{PROJECTS}/export?format=csv&status=preparation")).cookie(&office.clerk),
        );
        assert_eq!(out.status, StatusCode::OK, "{}", out.text());
        assert_eq!(out.header("content-disposition"), "attachment; filename=\"project-522601-20260302.csv\"");
        let text = out.text();
        assert!(text.contains("Total investment (100 million yuan)") && text.contains("1.2345"), "{text}");
        let edited = text.replace("1.2345", "2.5").replace("B号工程", "改名工程");
        let lines: Vec<&str> = edited.lines().collect();
        let header = lines[0].trim_start_matches('\u{feff}');
        // A new row, one that stands, one whose money cannot be read, one of another unit.
        let new = |code: &str, from: &str, to: &str| lines[1].replacen("A,", code, 1).replace(from, to);
        let more = [new("N,", "", ""), new("X,", "2.5", "much"), new("Y,", "water", "moon")];
        let versionless = |line: &str| line.rsplit_once(',').unwrap().0.to_owned() + ",";
        let file: Vec<String> = [header, lines[1], lines[2]]
            .into_iter()
            .map(str::to_owned)
            .chain(more.iter().map(|line| versionless(line)))
            .collect();

        let brought = office.bring(&office.clerk, "project", file.join("\n"));
        assert_eq!(brought.status, StatusCode::CREATED, "{}", brought.text());
        let face = brought.json();
        let path = format!("{PROJECTS}/imports/{}", id_of(&face));
        assert_eq!(brought.header("location"), path);
        let face = office.until(&office.clerk, &path, "checked").pop().unwrap();
        let rows = &face["rows"];
        let counts = ["read", "checked", "new", "changed", "unchanged", "refused", "saved"];
        assert_eq!(counts.map(|name| rows[name].as_u64().unwrap()), [5, 5, 1, 2, 0, 2, 0], "{face}");
        assert_eq!(office.row("A")["version"], 1, "nothing is written");

        let page = office.get(&format!("{path}/differences?limit=2")).json();
        let next = page["next"].as_u64().unwrap();
        let budget = &page["rows"][0]["cells"][0];
        assert_eq!(
            (&budget["field"], &budget["before"], &budget["after"]),
            (&json!("budget"), &json!(12_345_000_000_i64), &json!(25_000_000_000_i64))
        );
        assert_eq!(page["rows"][1]["cells"].as_array().unwrap().len(), 2, "name and budget");
        let rest = office.get(&format!("{path}/differences?after={next}")).json();
        let codes = told(&rest);
        let want = [(4, "new"), (5, "number_malformed"), (6, "row_of_another_unit")]
            .map(|(row, code)| (row, code.to_owned()));
        assert_eq!((codes, &rest["next"]), (want.to_vec(), &Value::Null));
        let entered: Vec<&str> = rest["rows"][0]["cells"]
            .as_array()
            .unwrap()
            .iter()
            .map(|cell| cell["field"].as_str().unwrap())
            .collect();
        assert!(entered.contains(&"code") && entered.contains(&"budget"), "{entered:?}");
        let remark = &rest["rows"][1]["remarks"][0];
        assert_eq!(
            (&remark["value"], &remark["column"]),
            (&json!("much"), &json!("Total investment (100 million yuan)"))
        );
        assert!(
            remark["mend"].as_str().unwrap().len() > 5 && !remark["message"].as_str().unwrap().contains('_'),
            "{remark}"
        );
        assert_eq!(told(&office.get(&format!("{path}/differences?outcome=new")).json()).len(), 1);
        assert_eq!(office.get(&format!("{path}/differences?outcome=odd")).code(), "value_malformed");

        let marked = office.get(&format!("{path}/marked"));
        let mut copy = TableFile::from_bytes(marked.body).unwrap();
        let mut reader = copy.read(&SheetChoice::Index(0), &TableOptions::default()).unwrap();
        let last = reader.sheet().header.len() - 1;
        assert_eq!(reader.sheet().header[last], "What is wrong");
        let mut reasons = Vec::new();
        while let Some(row) = reader.next_row().unwrap() {
            reasons.push(!row.get(last).is_empty());
        }
        assert_eq!(reasons, [false, false, false, true, true]);

        // B changes here between the comparison and the caller's word: it is refused, the others are written.
        let mut fields = office.row("B")["fields"].clone();
        fields["name"] = json!("别人改的");
        let put = Ask::new(Method::PUT, &format!("{PROJECTS}/rows/B")).json(&fields).cookie(&office.clerk);
        assert_eq!(office.app.call(put.header("if-match", "\"1\"")).status, StatusCode::OK);
        let applied = office.post(&office.clerk, &format!("{path}/apply"));
        assert_eq!(applied.status, StatusCode::ACCEPTED, "{}", applied.text());
        let seen = office.until(&office.clerk, &path, "saved");
        let rows = &seen.last().unwrap()["rows"];
        assert_eq!(counts.map(|name| rows[name].as_u64().unwrap()), [5, 5, 1, 1, 0, 3, 2]);
        let refused = told(&office.get(&format!("{path}/differences?outcome=refused,conflict")).json());
        assert_eq!(refused[0].0, 3);
        assert_eq!(office.row("A")["fields"]["budget"], json!(25_000_000_000_i64));
        assert_eq!(office.row("B")["fields"]["name"], "别人改的");
        assert_eq!(office.row("N")["fields"]["unit"], "water");
        assert_eq!(office.post(&office.clerk, &format!("{path}/apply")).code(), "import_not_waiting");
        let listed = office.get(&format!("{PROJECTS}/imports")).json();
        assert_eq!(
            (listed.as_array().unwrap().len(), &listed[0]["id"], &listed[0]["state"]),
            (1, &face["id"], &json!("saved"))
        );

        let undone = office.post(&office.clerk, &format!("{path}/undo")).json();
        assert_eq!((&undone["restored"], &undone["kept"]), (&json!(2), &json!([])));
        assert_eq!(office.row("A")["fields"]["budget"], json!(12_345_000_000_i64));
        assert!(office.row("N")["retired_at"].is_number());
        let face = office.get(&path).json();
        assert_eq!((&face["state"], &face["restored"]), (&json!("undone"), &json!(2)));
        assert_eq!(office.post(&office.clerk, &format!("{path}/undo")).code(), "import_undone_already");
    });
}

#[test]
fn a_cell_changed_on_both_sides_is_shown_as_a_conflict() {
    Office::each(|office| {
        office.project(&office.clerk, "water", "A");
        let out = office.get(&format!("{PROJECTS}/export")).text();
        let mut fields = office.row("A")["fields"].clone();
        fields["name"] = json!("这里改的");
        let put = Ask::new(Method::PUT, &format!("{PROJECTS}/rows/A")).json(&fields).cookie(&office.clerk);
        assert_eq!(office.app.call(put.header("if-match", "\"1\"")).status, StatusCode::OK);
        let face = office.bring(&office.clerk, "project", out.replace("A号工程", "表里改的")).json();
        let path = format!("{PROJECTS}/imports/{}", id_of(&face));
        assert_eq!((&face["state"], &face["rows"]["conflicts"]), (&json!("checked"), &json!(1)));
        let row = office.get(&format!("{path}/differences")).json()["rows"][0].clone();
        let cell = &row["cells"][0];
        assert_eq!(
            (&cell["before"], &cell["after"], &cell["now"]),
            (&json!("A号工程"), &json!("表里改的"), &json!("这里改的"))
        );
        assert_eq!(row["remarks"][0]["code"], "cell_changed_since");
        assert_eq!(office.post(&office.clerk, &format!("{path}/apply")).status, StatusCode::ACCEPTED);
        assert_eq!(office.row("A")["fields"]["name"], "这里改的");
    });
}

#[test]
fn a_file_changes_the_rows_of_its_callers_unit_and_nobody_sees_anothers_import() {
    Office::each(|office| {
        office.project(&office.clerk, "water", "A");
        office.project(&office.other, "sanitation", "S");
        let out = office.get(&format!("{PROJECTS}/export")).text();
        assert!(out.contains("S号工程"), "a clerk sees the whole city");
        let manager =
            Post { role: Some(Role::UnitManager), unit: Some("water".to_owned()), ..Post::default() };
        let manager = office.app.session(office.app.account_with("manager", manager, false));
        let of_unit = office.app.call(Ask::get(&format!("{PROJECTS}/export")).cookie(&manager)).text();
        assert!(of_unit.contains("A号工程") && !of_unit.contains("S号工程"), "{of_unit}");

        let edited = out.replace("号工程", "号新工程");
        let face = office.bring(&office.clerk, "project", edited.clone()).json();
        let path = format!("{PROJECTS}/imports/{}", id_of(&face));
        let other = "row_of_another_unit";
        let codes = |cookie: &str, path: &str| {
            told(&office.app.call(Ask::get(&format!("{path}/differences")).cookie(cookie)).json())
        };
        assert_eq!(codes(&office.clerk, &path), [(2, "changed".to_owned()), (3, other.to_owned())]);
        // What a manager of another unit's rows gets tells no more than that the key is taken.
        let seen = office.bring(&manager, "project", edited).json();
        let seen_path = format!("{PROJECTS}/imports/{}", id_of(&seen));
        let page = office.app.call(Ask::get(&format!("{seen_path}/differences")).cookie(&manager)).json();
        assert_eq!(told(&page)[1], (3, "row_exists".to_owned()));
        assert!(!page["rows"][1].to_string().contains("sanitation"), "{page}");

        for (method, action) in [
            (Method::GET, ""),
            (Method::GET, "/differences"),
            (Method::GET, "/marked"),
            (Method::POST, "/apply"),
            (Method::POST, "/undo"),
        ] {
            let ask = Ask::new(method, &format!("{path}{action}")).cookie(&office.other);
            assert_eq!(office.app.call(ask).code(), "import_unknown", "{action}");
        }
        assert_eq!(office.post(&office.clerk, &format!("{path}/apply")).status, StatusCode::ACCEPTED);
        assert_eq!(office.row("A")["fields"]["name"], "A号新工程");
        assert_eq!(office.row("S")["fields"]["name"], "S号工程");
        assert_eq!(
            office.app.call(Ask::new(Method::POST, &format!("{path}/undo")).cookie(&office.other)).code(),
            "import_unknown"
        );
        assert_eq!(
            office.app.call(Ask::get(&format!("{PROJECTS}/imports")).cookie(&office.other)).json(),
            json!([])
        );

        let leader = office.app.session(office.app.account("leader", Some(Role::Leader)));
        assert_eq!(office.bring(&leader, "project", "x").code(), "right_missing");
        assert_eq!(office.bring(&manager, "register_keeper", "x").code(), "not_found");
        // A register that the unit keeps takes rows without a unit; another unit's clerk brings none.
        let file = "code,name_zh,kind\nlamp,亮化公司,firm";
        assert_eq!(office.bring(&office.clerk, "unit", file).json()["rows"]["new"], 1);
        let refused = office.bring(&office.other, "unit", file).json();
        assert_eq!((&refused["rows"]["new"], &refused["rows"]["refused"]), (&json!(0), &json!(1)));
    });
}

#[test]
fn nobody_looks_at_strangers_through_a_row_of_their_own() {
    Office::each(|office| {
        let organisation = |code: &str, unit: &str, contact: Value| json!({ "code": code, "name": format!("{code}公司"), "kind": "enterprise", "ownership": "state", "unit": unit, "contact": contact });
        let rows = "/api/v1/registers/organisation/rows";
        let theirs = office.enter(
            &office.other,
            rows,
            &organisation("S", "sanitation", json!({ "name": "秘密之人", "phone": "13800138000" })),
        );
        assert_eq!(theirs.status, StatusCode::CREATED, "{}", theirs.text());
        let person = theirs.json()["fields"]["contact"].clone();
        let fault = |answer: Answer| {
            let problem = answer.json();
            (problem["fields"][0]["field"].clone(), problem["fields"][0]["code"].clone())
        };
        let unknown = (json!("contact"), json!("person_unknown"));
        assert_eq!(
            fault(office.enter(&office.clerk, rows, &organisation("W", "water", person.clone()))),
            unknown
        );
        let own = office
            .enter(&office.clerk, rows, &organisation("W", "water", json!({ "name": "自己的人" })))
            .json();
        let put = |row: &Value, version: u64| {
            let ask = Ask::new(Method::PUT, &format!("{rows}/W")).json(row).cookie(&office.clerk);
            office.app.call(ask.header("if-match", &format!("\"{version}\"")))
        };
        assert_eq!(fault(put(&organisation("W", "water", person.clone()), 1)), unknown);
        assert_eq!(
            put(&organisation("W", "water", own["fields"]["contact"].clone()), 1).status,
            StatusCode::OK
        );
        let mut moved = own["fields"].clone();
        moved["representative"] = moved["contact"].take();
        assert_eq!(
            fault(put(&moved, 1)),
            (json!("representative"), json!("person_unknown")),
            "each in its field"
        );
        let file = format!("code,contact\nW,{}", person.as_str().unwrap());
        let face = office.bring(&office.clerk, "organisation", file).json();
        let path = format!("/api/v1/registers/organisation/imports/{}/differences", id_of(&face));
        assert_eq!(told(&office.get(&path).json()), [(2, "person_unknown".to_owned())]);

        // Nor by entering a row anew that another unit took out of use.
        let retire = Ask::new(Method::DELETE, &format!("{rows}/S")).cookie(&office.other);
        assert_eq!(office.app.call(retire.header("if-match", "\"1\"")).status, StatusCode::OK);
        let taken = office.enter(&office.clerk, rows, &organisation("S", "water", person.clone()));
        assert_eq!(taken.code(), "row_of_another_unit");

        // In small tables the same, and who may look finds them by the field's path.
        let group = json!({ "code": "1", "name": "一组", "leader": { "name": "组长" }, "households": 1, "people": 2, "area": 0, "arable_area": 0,
            "unit": "water", "division": "522601001001" });
        let division = office.app.city;
        let by = office.app.by();
        office.app.write(move |tx| {
            let street = json!({ "code": "522601001001", "name": "一村", "level": "community", "parent": "522601001" });
            let row: governance::division::Division = serde_json::from_value(street).unwrap();
            register::put(tx, division, row, None, &by).map(drop)
        });
        let entered = office.enter(&office.clerk, "/api/v1/registers/village_group/rows", &group);
        assert_eq!(entered.status, StatusCode::CREATED, "{}", entered.text());
        let household = |code: &str, member: Value| {
            json!({ "code": code, "village_group": "1", "head": { "name": "户主" }, "people": 1, "contract_area": 0, "moved_away": false, "unit": "water",
                "members": [{ "person": member, "relation": "representative", "of_collective": true }] })
        };
        let rows = "/api/v1/registers/household/rows";
        let refused = office.enter(&office.clerk, rows, &household("H", person));
        assert_eq!(fault(refused), (json!("members.0.person"), json!("person_unknown")));
        let entered = office.enter(&office.clerk, rows, &household("H", json!({ "name": "家里人" })));
        assert_eq!(entered.status, StatusCode::CREATED, "{}", entered.text());
        let reveal = |field: &str| {
            let body = json!({ "field": field, "reason": "核对" });
            office.app.call(Ask::post(&format!("{rows}/H/reveal"), &body).cookie(&office.clerk))
        };
        assert_eq!(reveal("members.0.person").json()["name"], "家里人");
        assert_eq!(reveal("members.1.person").code(), "not_found");
        assert_eq!(reveal("head").json()["name"], "户主");
    });
}

#[test]
fn bad_files_are_refused_as_a_whole_and_say_why() {
    Office::each(|office| {
        office.project(&office.clerk, "water", "A");
        let clerk = &office.clerk;
        for (bytes, code) in [
            (b"%PDF-1.7 nothing".to_vec(), "document_not_a_table"),
            (b"a,b\n1,2".to_vec(), "headings_missing"),
            ("项目代码,总投资（亩）\nA,1".as_bytes().to_vec(), "column_unit_wrong"),
            (b"{\"code\": ".to_vec(), "json_malformed"),
            (bomb(), "workbook_unpacks_too_large"),
        ] {
            let answer = office.bring(clerk, "project", bytes);
            assert_eq!(answer.code(), code, "{}", answer.text());
        }
        assert_eq!(office.bring(clerk, "project", Vec::new()).code(), "value_missing");
        assert_eq!(office.bring(clerk, "dragon", "x").code(), "register_unknown");
        let large = office.bring(clerk, "project", vec![b'x'; 20 * 1024 * 1024 + 1]);
        assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(office.get(&format!("{PROJECTS}/imports/none")).code(), "import_unknown");

        // Chinese of older programs, with a total and a column that nobody knows, as a form.
        let text = "项目代码,项目名称,总投资（万元）,颜色\r\nA,改名工程,300,红\r\n合计,,301,\r\n";
        let (bytes, _, _) = encoding_rs::GB18030.encode(text);
        let head = "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"项目 13800138000.csv\"\r\n\r\n";
        let body = [head.as_bytes(), &bytes, b"\r\n--xyz--\r\n"].concat();
        let ask = Ask::new(Method::POST, &format!("{PROJECTS}/imports"))
            .body("multipart/form-data; boundary=xyz", body);
        let face = office.app.call(ask.cookie(clerk)).json();
        assert_eq!((&face["state"], &face["rows"]["changed"]), (&json!("checked"), &json!(1)), "{face}");
        assert!(!face["file"].as_str().unwrap().contains("138001"), "{face}");
        let codes: Vec<&str> = face["warnings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|remark| remark["code"].as_str().unwrap())
            .collect();
        assert_eq!((codes, &face["warnings_total"]), (vec!["column_unknown", "total_differs"], &json!(2)));
        let cells = office.get(&format!("{PROJECTS}/imports/{}/differences", id_of(&face))).json();
        assert_eq!(cells["rows"][0]["cells"][1]["after"], json!(300_000_000), "3,000,000 yuan");
    });
}

/// A workbook that unpacks to far more than it has.
fn bomb() -> Vec<u8> {
    use std::io::Write as _;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    archive.start_file("[Content_Types].xml", options).unwrap();
    archive.write_all(b"<Types/>").unwrap();
    archive.start_file("xl/worksheets/sheet1.xml", options).unwrap();
    let zeros = vec![0_u8; 1024 * 1024];
    for _ in 0..64 {
        archive.write_all(&zeros).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn only_so_many_imports_wait_and_a_new_one_replaces_the_callers_own() {
    Office::each(|office| {
        office.project(&office.clerk, "water", "A");
        let bring = |cookie: &str| office.bring(cookie, "project", "code,name\nA,改名");
        let first = id_of(&bring(&office.clerk).json());
        let second = id_of(&bring(&office.clerk).json());
        assert_eq!(office.get(&format!("{PROJECTS}/imports/{first}")).code(), "import_unknown");
        assert_eq!(office.get(&format!("{PROJECTS}/imports/{second}")).json()["state"], "checked");
        let mut refused = Vec::new();
        for number in 0..9 {
            let post = Post { role: Some(Role::Clerk), unit: Some("water".to_owned()), ..Post::default() };
            let cookie = office.app.session(office.app.account_with(&format!("clerk{number}"), post, false));
            let answer = bring(&cookie);
            if answer.status != StatusCode::CREATED {
                refused.push(answer.code());
            }
        }
        assert_eq!(refused, ["imports_too_many"; 2]);
        office.app.clock.pass(2 * 60 * 60 * 1_000);
        // Sessions end sooner.
        let again = office.app.session(office.account);
        assert_eq!(bring(&again).status, StatusCode::CREATED, "old ones are forgotten");
        let gone = Ask::get(&format!("{PROJECTS}/imports/{second}")).cookie(&again);
        assert_eq!(office.app.call(gone).code(), "import_unknown");
    });
}

#[test]
fn an_import_that_was_cut_short_says_so_and_is_taken_back() {
    Office::each(|office| {
        office.project(&office.clerk, "water", "A");
        // As a process leaves it that ended while it wrote: begun, a batch, no end.
        let account = office.account;
        let (city, own, at) = (office.app.city, office.app.state.ledger().clone(), office.app.clock_now());
        let died = office.app.run(async move {
            tokio::task::spawn_blocking(move || {
                let bytes = "code,name\nA,改名\n".as_bytes().to_vec();
                let sheet = std::sync::Arc::new(exchange::read(
                    own.register("project")?,
                    bytes,
                    &exchange::Options::default(),
                )?);
                let mut differences =
                    exchange::compare_all(&own, city, "project", &sheet, exchange::Reach::ALL, &mut |_| {})?;
                let actor = kernel::role::ActorId::Account(account);
                let asked =
                    exchange::Asked { id: "cut".to_owned(), file: "a.csv".to_owned(), actor, now: at };
                exchange::apply(&own, city, "project", &sheet, &mut differences, &asked, &mut |_| {
                    panic!("the machine stops")
                })
            })
            .await
        });
        assert!(died.is_err());
        let path = format!("{PROJECTS}/imports/cut");
        let face = office.get(&path).json();
        assert_eq!(
            (&face["state"], &face["rows"]["saved"]),
            (&json!("saving"), &json!(1)),
            "it may still be at work"
        );
        assert_eq!(office.post(&office.clerk, &format!("{path}/undo")).code(), "import_running");
        office.app.clock.pass(61_000);
        assert_eq!(office.get(&path).json()["state"], "interrupted");
        assert_eq!(office.get(&format!("{PROJECTS}/imports")).json()[0]["state"], "interrupted");
        assert_eq!(office.post(&office.clerk, &format!("{path}/undo")).json()["restored"], 1);
        assert_eq!(office.row("A")["fields"]["name"], "A号工程");
    });
}

#[test]
fn files_have_the_forms_that_a_register_has() {
    Office::each(|office| {
        office.project(&office.clerk, "water", "A");
        let export = |format: &str| office.get(&format!("{PROJECTS}/export?format={format}"));
        let xlsx = export("xlsx");
        assert!(xlsx.header("content-type").ends_with("spreadsheetml.sheet"));
        let mut book = TableFile::from_bytes(xlsx.body).unwrap();
        assert_eq!(book.sheet_names()[0], "Project");
        let mut reader = book.read(&SheetChoice::Index(0), &TableOptions::default()).unwrap();
        assert_eq!(reader.next_row().unwrap().unwrap().get(0), "A");
        assert_eq!(export("json").json()["key"], "A");
        assert_eq!(export("geojson").json()["features"][0]["id"], "A");
        assert_eq!(
            office.get("/api/v1/registers/unit/export?format=geojson").code(),
            "register_without_shape"
        );
        assert_eq!(export("pdf").code(), "value_malformed");
        assert_eq!(export("ocds-ppp").code(), "format_not_of_register");
        assert_eq!(
            office.get("/api/v1/registers/project/export?colour=red").json()["fields"][0]["code"],
            "field_not_found_by"
        );
        let package = export("oc4ids");
        assert_eq!(
            package.header("content-disposition"),
            "attachment; filename=\"project-522601-20260302.json\""
        );
        let document = package.json();
        let project = &document["projects"][0];
        assert_eq!(
            (&project["id"], &project["budget"]["amount"]["amount"]),
            (&json!("oc4ids-522601-A"), &json!(123_450_000))
        );
        assert_eq!(
            (&document["publisher"]["name"], &project["publicAuthority"]["id"]),
            (&json!("凯里"), &json!("unit-water"))
        );
        let contracts = office.get("/api/v1/registers/ppp_contract/export?format=ocds-ppp").json();
        assert_eq!(contracts["releases"], json!([]));

        // The package comes back: unchanged but for what it changes, and says what has no field.
        let mut changed = document.clone();
        changed["projects"][0]["title"] = json!("新名");
        let face = office.bring(&office.clerk, "project", changed.to_string()).json();
        assert_eq!(
            (&face["rows"]["changed"], &face["warnings"][0]["code"]),
            (&json!(1), &json!("package_field_left")),
            "{face}"
        );
        let path = format!("{PROJECTS}/imports/{}", id_of(&face));
        let cells = office.get(&format!("{path}/differences")).json()["rows"][0]["cells"].clone();
        let fields: Vec<&str> =
            cells.as_array().unwrap().iter().map(|cell| cell["field"].as_str().unwrap()).collect();
        assert_eq!(fields, ["name"]);
        let mut broken = document;
        broken["projects"][0]["sector"] = json!([]);
        let face = office.bring(&office.clerk, "project", broken.to_string()).json();
        let path = format!("{PROJECTS}/imports/{}", id_of(&face));
        assert_eq!(
            told(&office.get(&format!("{path}/differences")).json()),
            [(1, "value_missing".to_owned())]
        );
        assert_eq!(office.get(&format!("{path}/marked")).code(), "mark_needs_table");
    });
}
