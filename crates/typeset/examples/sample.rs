use documents::report::*;
use std::time::Instant;
fn main() {
    let out = std::env::args().nth(1).unwrap();
    let text = "2016年上半年，全市坚持以“五化”破“五难”，规划一张图、融资一盘棋、土地一本账、服务一张网、治理一平台，共批准融资项目";
    let mut blocks = vec![];
    for part in [
        "一、规划一体化，破“乱”",
        "二、融资平台化，破“缺”",
        "三、土地市场化，破“少”",
        "四、服务社会化，破“弱”",
        "五、治理网格化，破“难”",
    ] {
        blocks.push(Block::Heading(1, part.into()));
        for section in 0..12 {
            blocks.push(Block::Heading(
                2,
                format!(
                    "（{}）系统运行情况",
                    ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"][section]
                ),
            ));
            if section % 4 == 1 {
                blocks.push(Block::Heading(3, "1. 明细".into()));
            }
            blocks.push(Block::Paragraph(vec![text.into(), Span { text: "137.79亿元".into(), link: Some("/figures/F5.approved".into()), figure: Some("F5.approved".into()), ..Span::default() }, "，同比增长".into(), Span { strong: true, ..Span::from("610.99%") }, "；其中非国有投资占40.77%，PPP projects 92个，总投资727.52亿元，已开工48个，引入社会资本280亿元。".into()]));
            let header = vec![
                vec![
                    HeaderCell { text: "项目".into(), columns: 1, rows: 2 },
                    HeaderCell { text: "投资（亿元）".into(), columns: 2, rows: 1 },
                    HeaderCell { text: "责任单位".into(), columns: 1, rows: 2 },
                ],
                vec!["2015上半年".into(), "2016上半年".into()],
            ];
            let rows: Vec<Vec<Cell>> = (0..12)
                .map(|i| {
                    vec![
                        format!("凯里市第{}标段市政道路及管网工程", i + 1).into(),
                        Cell::number(1234 * (i + 1), 2),
                        Cell { link: Some("/rows/1".into()), ..Cell::number(99887 * (i + 1), 2) },
                        "凯里市城市建设投资有限责任公司".into(),
                    ]
                })
                .collect();
            let total = Some(vec![
                "合计".into(),
                Cell::number((1..=12).map(|i| 1234 * i).sum(), 2),
                Cell::number((1..=12).map(|i| 99887 * i).sum(), 2),
            ]);
            blocks.push(Block::Table(Table {
                caption: format!("表{} 项目投资情况", section + 1),
                header,
                rows,
                total,
            }));
            if section < 4 {
                let kind = [ChartKind::Bar, ChartKind::Line, ChartKind::Pie, ChartKind::StackedBar][section];
                blocks.push(Block::Chart(Chart {
                    kind,
                    title: "各季度完成投资情况".into(),
                    unit: "亿元".into(),
                    categories: [
                        "2015年一季度",
                        "2015年二季度",
                        "2015年三季度",
                        "2015年四季度",
                        "2016年一季度",
                        "2016年二季度",
                    ]
                    .map(String::from)
                    .to_vec(),
                    series: vec![
                        Series {
                            name: "国有投资".into(),
                            values: [12.3, 25.0, 31.1, 40.2, 38.9, 44.1].map(Some).to_vec(),
                        },
                        Series {
                            name: "民间投资".into(),
                            values: [8.3, 15.0, 22.1, 18.2, 25.9, 30.1].map(Some).to_vec(),
                        },
                        Series {
                            name: "外商投资".into(),
                            values: vec![Some(2.0), Some(3.0), None, Some(4.0), Some(5.0), Some(4.5)],
                        },
                    ],
                }));
            }
        }
    }
    blocks.push(Block::Map(Map { svg: "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 400 200'><path d='M20 20L200 40L380 20L360 180L40 170z' fill='#dfe9f2' stroke='#0072b2'/><text x='150' y='100' font-size='16'>大十字街道</text></svg>".into(), caption: "图 网格与街道".into() }));
    let report = Report {
        title: "凯里市以“五化”破“五难”城市运营改革报告".into(),
        subtitle: "2016年上半年".into(),
        issuer: "凯里市人民政府".into(),
        date_text: "2016年7月1日".into(),
        address: Some("https://city.example".into()),
        blocks,
        notes: vec!["停车场（S7）没有数据，相应的句子未列出。".into(), "数据截至2016年6月30日。".into()],
        ..Report::default()
    };
    let t = Instant::now();
    let b = html(&report);
    println!("html {:?} {}", t.elapsed(), b.len());
    std::fs::write(format!("{out}/r.html"), b).unwrap();
    let t = Instant::now();
    let b = docx(&report).unwrap();
    println!("docx {:?} {}", t.elapsed(), b.len());
    std::fs::write(format!("{out}/r.docx"), b).unwrap();
    let t = Instant::now();
    let b = xlsx(&report).unwrap();
    println!("xlsx {:?} {}", t.elapsed(), b.len());
    std::fs::write(format!("{out}/r.xlsx"), b).unwrap();
    let t = Instant::now();
    let b = typeset::pdf(&report).unwrap();
    println!(
        "pdf {:?} {} pages {} missing {} archival {}",
        t.elapsed(),
        b.bytes.len(),
        b.pages,
        b.characters_missing,
        b.is_archival
    );
    std::fs::write(format!("{out}/r.pdf"), &b.bytes).unwrap();
    let row = |i: i64| {
        vec![Cell::from(format!("网格{i}")), Cell::number(i, 1), "凯里市大十字街道".into(), "正常".into()]
    };
    let long = Report {
        title: "长表".into(),
        blocks: vec![Block::Table(Table {
            caption: "网格".into(),
            header: vec![vec!["a".into(), "b".into(), "c".into(), "d".into()]],
            rows: (0..10_000).map(row).collect(),
            total: None,
        })],
        ..Report::default()
    };
    let t = Instant::now();
    let b = typeset::pdf(&long).unwrap();
    println!("10000 rows: pdf {:?} pages {}", t.elapsed(), b.pages);
    let t = Instant::now();
    let b = docx(&long).unwrap();
    println!("10000 rows: docx {:?} {}", t.elapsed(), b.len());
    let p = "为进一步规范城区占道经营秩序，提升市容环境质量，根据《贵州省城镇容貌和环境卫生管理条例》和市人民政府第12次常务会议精神，我局拟于2016年7月开展占道经营联合整治行动，商请贵局协同配合。";
    let mut letter = LetterPaper {
        mark: "凯里市城市管理局".into(),
        number: "凯城管函〔2016〕12号".into(),
        urgency: "加急".into(),
        title: "凯里市城市管理局关于商请协同开展\u{3000}占道经营联合整治行动的函".into(),
        addressees: vec!["市市场监督管理局".into(), "市公安局".into(), "大十字街道办事处".into()],
        paragraphs: vec![
            p.into(),
            "一、整治范围".into(),
            p.into(),
            "二、时间安排".into(),
            "请于2016年7月8日前函复我局。".into(),
            "专此函达。".into(),
        ],
        attachments: vec!["占道经营联合整治行动方案".into(), "整治路段清单".into()],
        signatures: vec!["凯里市城市管理局".into()],
        date_text: "2016年7月1日".into(),
        note: "联系人：张三，联系电话：0855-0000000".into(),
        copies: vec!["市人民政府办公室".into(), "市监察局".into()],
    };
    std::fs::write(format!("{out}/l.docx"), letter_docx(&letter).unwrap()).unwrap();
    std::fs::write(format!("{out}/l.pdf"), typeset::letter_pdf(&letter).unwrap().bytes).unwrap();
    letter.paragraphs = vec![p.into(); 12];
    std::fs::write(format!("{out}/l2.pdf"), typeset::letter_pdf(&letter).unwrap().bytes).unwrap();
    std::fs::write(format!("{out}/l2.docx"), letter_docx(&letter).unwrap()).unwrap();
}
